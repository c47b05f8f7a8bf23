package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.number;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A {@link BenchResult} for people and for the record. */
public final class BenchTables {
  private static final String TIMES =
      "Value + gradient, ns of processor time for each logit, one thread, float32; × is how many"
          + " times Perdita's time (the slower of heap and direct, in the same process) that is.";
  private static final String DISTURBED =
      "Other work was on the machine: times are too long, and goals may be missed for that alone.";
  private static final String CUT =
      "Cut short: small sizes and few rounds. The goals are for the full sizes.";

  private BenchTables() {}

  /** Aligned, for a terminal. */
  public static String text(BenchResult result) {
    return String.join(
        "\n", TIMES, "", times(result).text(), goals(result).text(), foot(result), "");
  }

  /** The same as Markdown. */
  public static String markdown(BenchResult result) {
    return String.join(
        "\n", TIMES, "", times(result).markdown(), bySubject(result).markdown(), foot(result), "");
  }

  /** Everything, as JSON. */
  public static String json(BenchResult result) throws JsonProcessingException {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(result)
        + "\n";
  }

  private static Table times(BenchResult result) {
    Table table =
        new Table(
            "",
            "heap",
            "direct",
            "composed",
            "×",
            "composed, malloc tuned",
            "×",
            "libtorch's own",
            "×",
            "own, malloc tuned",
            "×");
    List<Timed> tuned = result.timed().getOrDefault(Malloc.TUNED, List.of());
    for (Timed plain : result.timed().getOrDefault(Malloc.PLAIN, List.of())) {
      Timed other =
          tuned.stream()
              .filter(t -> t.workload().equals(plain.workload()))
              .findFirst()
              .orElse(plain);
      table.add(
          plain.workload(),
          nanos(plain, Entrant.HEAP),
          nanos(plain, Entrant.DIRECT),
          nanos(plain, Entrant.COMPOSED),
          times(plain, Entrant.COMPOSED),
          nanos(other, Entrant.COMPOSED),
          times(other, Entrant.COMPOSED),
          nanos(plain, Entrant.FUSED),
          times(plain, Entrant.FUSED),
          nanos(other, Entrant.FUSED),
          times(other, Entrant.FUSED));
    }
    return table;
  }

  private static String nanos(Timed timed, Entrant who) {
    return shown(timed.nanosPerElement(who));
  }

  private static String times(Timed timed, Entrant who) {
    return shown(timed.timesPerdita(who));
  }

  private static String shown(double x) {
    return Double.isNaN(x) ? "" : number(x);
  }

  private static Table goals(BenchResult result) {
    Table table = new Table("", "", "found", "goal", "");
    for (Figure figure : result.figures()) {
      table.add(
          figure.subject(), figure.quantity(), figure.shown(), figure.goal(), explained(figure));
    }
    return table;
  }

  /** One row for each subject, which is short enough for a README. */
  private static Table bySubject(BenchResult result) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Figure figure : result.figures()) {
      String goal = figure.goal();
      String told =
          figure.quantity()
              + " "
              + figure.shown()
              + (goal.isEmpty() ? "" : " (" + goal + ": " + explained(figure) + ")");
      found.merge(figure.subject(), told, (before, next) -> before + "; " + next);
    }
    Table table = new Table("", "");
    found.forEach(table::add);
    return table;
  }

  private static String explained(Figure figure) {
    return figure.note().isEmpty() ? figure.verdict() : figure.verdict() + ", " + figure.note();
  }

  private static String foot(BenchResult result) {
    String machine =
        String.join(
            "; ",
            result.machine().cpu(),
            result.machine().jdk(),
            result.engine(),
            "commit " + result.machine().commit(),
            String.format(
                Locale.ROOT,
                "two busy threads got %.2f processors before and %.2f after",
                result.before(),
                result.after()));
    boolean disturbed = Math.min(result.before(), result.after()) < Canary.FREE;
    return machine
        + (disturbed ? "\n" + DISTURBED : "")
        + (result.size() == Size.FULL ? "" : "\n" + CUT);
  }
}
