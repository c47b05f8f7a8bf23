package org.perdita.lab.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the lines say about a comparison: the treatment minus the baseline, seed by seed.
 *
 * @param comparison what was to be decided
 * @param kind the verdict
 * @param finding which way the numbers point
 * @param difference treatment − baseline, paired by seed or the best of one search less that of the
 *     other; empty while there are no pairs
 * @param differs what differs from the published setting; empty if nothing does
 */
public record Verdict(
    Comparison comparison,
    Kind kind,
    Finding finding,
    Optional<Interval> difference,
    Optional<String> differs) {

  /** The word in the ledger. */
  public enum Kind {
    REPRODUCED,
    NOT_REPRODUCED,
    /** Measured, but not in the published setting; the finding says what came out. */
    DIFFERENT_SETTING,
    /** No paired results yet. */
    NO_RESULT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Which way the 95 % interval of the difference points, with what is better taken as up. */
  public enum Finding {
    HOLDS("the claim holds"),
    OPPOSITE("the opposite holds"),
    UNDECIDED("the interval contains zero");

    private final String words;

    Finding(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Decides each of the protocol's comparisons from its lines. */
  public static List<Verdict> of(Protocol protocol, List<ResultLine> lines) {
    List<ResultLine> chosen = Tuning.chosen(protocol, lines);
    return protocol.comparisons().stream()
        .map(comparison -> of(protocol, comparison, chosen))
        .toList();
  }

  private static Verdict of(Protocol protocol, Comparison comparison, List<ResultLine> lines) {
    Optional<String> differs = protocol.differs();
    Map<Integer, Double> baseline = bySeed(comparison, comparison.baseline(), lines);
    Map<Integer, Double> treatment = bySeed(comparison, comparison.treatment(), lines);
    Measure measure = protocol.measure(comparison.metric());
    Optional<Interval> difference =
        measure.searched() ? searched(measure, baseline, treatment) : paired(baseline, treatment);
    if (difference.isEmpty()) {
      return new Verdict(comparison, Kind.NO_RESULT, Finding.UNDECIDED, Optional.empty(), differs);
    }
    Interval d = difference.get();
    boolean up = measure.better() == Measure.Better.HIGHER;
    boolean above = d.low() > 0;
    boolean below = d.high() < 0;
    Finding finding =
        (up ? above : below)
            ? Finding.HOLDS
            : (up ? below : above) ? Finding.OPPOSITE : Finding.UNDECIDED;
    Kind kind =
        differs.isPresent()
            ? Kind.DIFFERENT_SETTING
            : finding == Finding.HOLDS ? Kind.REPRODUCED : Kind.NOT_REPRODUCED;
    return new Verdict(comparison, kind, finding, Optional.of(d), differs);
  }

  private static Optional<Interval> paired(
      Map<Integer, Double> baseline, Map<Integer, Double> treatment) {
    List<Double> differences = new ArrayList<>();
    treatment.forEach(
        (seed, value) -> {
          Double other = baseline.get(seed);
          if (other != null) {
            differences.add(value - other);
          }
        });
    return differences.isEmpty() ? Optional.empty() : Optional.of(Interval.of(array(differences)));
  }

  private static Optional<Interval> searched(
      Measure measure, Map<Integer, Double> baseline, Map<Integer, Double> treatment) {
    return baseline.isEmpty() || treatment.isEmpty()
        ? Optional.empty()
        : Optional.of(
            BestOfSearch.difference(
                measure.better(), array(baseline.values()), array(treatment.values())));
  }

  private static double[] array(Collection<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Map<Integer, Double> bySeed(
      Comparison comparison, String group, List<ResultLine> lines) {
    Map<Integer, Double> values = new TreeMap<>();
    for (ResultLine line : lines) {
      Double value = line.metrics().get(comparison.metric());
      if (value != null
          && line.arm().group().equals(group)
          && line.condition().label().equals(comparison.condition())) {
        values.put(line.seed(), value);
      }
    }
    return values;
  }
}
