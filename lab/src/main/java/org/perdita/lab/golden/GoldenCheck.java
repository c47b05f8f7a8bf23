package org.perdita.lab.golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Refusal;

/**
 * Checks golden files. A case passes where every entry is within 4e-6 of the expected entry plus
 * 1e-6 of its array's largest entry, or within the case's own tolerance if that is wider. What is
 * computed in double is held to the case's own tolerance.
 */
public final class GoldenCheck {
  private static final double RELATIVE = 4e-6;
  private static final double OF_LARGEST = 1e-6;

  private final Map<String, GoldenFunction> functions;

  /** Checks against everything Perdita implements. */
  public GoldenCheck() {
    this(GoldenFunctions.ALL);
  }

  GoldenCheck(Map<String, GoldenFunction> functions) {
    this.functions = functions;
  }

  /**
   * How many cases went how.
   *
   * @param passed every entry is within its tolerance
   * @param failed some entry is not, or the loss refused the case
   * @param notImplemented Perdita has no such function, or not this variant of it
   */
  public record Tally(int passed, int failed, int notImplemented) {
    /** The counts of several files. */
    public Tally plus(Tally other) {
      return new Tally(
          passed + other.passed, failed + other.failed, notImplemented + other.notImplemented);
    }
  }

  /**
   * Checks every case of {@code file}.
   *
   * @param told a line for each case that fails, and for each variant that is not implemented
   * @throws Refusal if the file is damaged, naming case and field
   */
  public Tally check(Path file, Consumer<String> told) {
    Tally tally = new Tally(0, 0, 0);
    for (GoldenCase golden : GoldenFile.read(file)) {
      String who = file.getFileName() + ": " + golden.name() + " (" + golden.fn() + "): ";
      GoldenFunction function = functions.get(golden.fn());
      try {
        List<String> wrong = function == null ? null : compare(golden, function.compute(golden));
        if (wrong == null) {
          tally = tally.plus(new Tally(0, 0, 1));
        } else if (wrong.isEmpty()) {
          tally = tally.plus(new Tally(1, 0, 0));
        } else {
          tally = tally.plus(new Tally(0, 1, 0));
          told.accept(who + String.join("; ", wrong));
        }
      } catch (UnsupportedOperationException e) {
        tally = tally.plus(new Tally(0, 0, 1));
        told.accept(who + "not implemented: " + e.getMessage());
      } catch (IllegalArgumentException e) {
        tally = tally.plus(new Tally(0, 1, 0));
        told.accept(who + "refused: " + e.getMessage());
      }
    }
    return tally;
  }

  private static List<String> compare(GoldenCase golden, Computed computed) {
    List<String> wrong = new ArrayList<>();
    golden
        .expected()
        .forEach(
            (name, expected) -> {
              GoldenArray found = computed.results().get(name);
              String difference =
                  found == null
                      ? " is not computed"
                      : difference(golden, computed, expected, found);
              if (difference != null) {
                wrong.add(name + difference);
              }
            });
    return wrong;
  }

  /** The first entry that is off and how many are, or null if none is. */
  private static @Nullable String difference(
      GoldenCase golden, Computed computed, GoldenArray expected, GoldenArray found) {
    if (!Arrays.equals(expected.shape(), found.shape())) {
      return String.format(
          " has shape %s, expected %s",
          Arrays.toString(found.shape()), Arrays.toString(expected.shape()));
    }
    double largest =
        Arrays.stream(expected.data()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    int off = 0;
    String first = null;
    for (int i = 0; i < expected.data().length; i++) {
      double want = expected.data()[i];
      double have = found.data()[i];
      double own = golden.atol() + golden.rtol() * Math.abs(want);
      double allowed =
          computed.exact() ? own : Math.max(own, RELATIVE * Math.abs(want) + OF_LARGEST * largest);
      boolean same = Double.compare(want, have) == 0 || Math.abs(want - have) <= allowed;
      if (!same && off++ == 0) {
        first =
            String.format(
                "%s is %s, expected %s within %.2g", expected.position(i), have, want, allowed);
      }
    }
    String more = off == 2 ? "1 entry" : (off - 1) + " entries";
    return off > 1 ? first + " (and " + more + " more)" : first;
  }
}
