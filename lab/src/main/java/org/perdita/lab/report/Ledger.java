package org.perdita.lab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.perdita.lab.experiment.Claim.Published;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Interval;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Verdict;

/**
 * The claim ledger: what was claimed, what came out, and whether it held.
 *
 * @param rows one for each comparison, in the order of the experiments
 */
public record Ledger(List<Row> rows) {

  public Ledger {
    rows = List.copyOf(rows);
  }

  /**
   * A line of the ledger, in words.
   *
   * @param experiment which experiment
   * @param run the anchor of the run in the report
   * @param setting on which data, at which scale
   * @param claim what is claimed
   * @param source by whom, and where
   * @param sentence what was to be decided
   * @param theirs the published numbers, baseline → treatment; a dash if none was published
   * @param confirmed whether the published numbers were read in the source itself
   * @param ours the same of our trainings, each with its 95 % interval over seeds
   * @param difference treatment − baseline, paired by seed, with its 95 % interval
   * @param seeds how many pairs the difference is made from
   * @param verdict reproduced, not reproduced, different setting, no result
   * @param finding which way the numbers point
   * @param differs what differs from the published setting; empty if nothing does
   * @param diverged how many of the trainings behind the row diverged
   */
  public record Row(
      String experiment,
      String run,
      String setting,
      String claim,
      String source,
      String sentence,
      String theirs,
      boolean confirmed,
      String ours,
      String difference,
      int seeds,
      Verdict.Kind verdict,
      String finding,
      String differs,
      int diverged) {}

  /**
   * The ledger of every result found in the folders.
   *
   * @throws org.perdita.lab.experiment.Refusal if there is none
   */
  public static Ledger read(List<Path> folders) {
    return of(Run.read(folders));
  }

  /** The ledger of these runs. */
  static Ledger of(List<Run> runs) {
    List<Row> rows = new ArrayList<>();
    for (Run run : runs) {
      for (Verdict verdict : Verdict.of(run.protocol(), run.lines())) {
        rows.add(row(run, verdict));
      }
    }
    return new Ledger(rows);
  }

  private static Row row(Run run, Verdict verdict) {
    Comparison comparison = verdict.comparison();
    List<ResultLine> chosen = run.chosen();
    List<ResultLine> baseline = Run.cell(chosen, comparison.baseline(), comparison.condition());
    List<ResultLine> treatment = Run.cell(chosen, comparison.treatment(), comparison.condition());
    Optional<Published> from = published(run, comparison, comparison.baseline());
    Optional<Published> to = published(run, comparison, comparison.treatment());
    Measure measure = run.protocol().measure(comparison.metric());
    String unit = Numbers.unit(measure);
    return new Row(
        run.protocol().experiment(),
        run.id(),
        run.setting(),
        run.protocol().claim().sentence(),
        run.protocol().claim().source(),
        comparison.sentence(),
        from.isEmpty() && to.isEmpty()
            ? "–"
            : number(measure, from) + " → " + number(measure, to) + unit,
        from.map(Published::confirmed).orElse(true) && to.map(Published::confirmed).orElse(true),
        baseline.isEmpty() && treatment.isEmpty()
            ? "–"
            : number(measure, baseline) + " → " + number(measure, treatment) + unit,
        verdict.difference().map(d -> Numbers.difference(measure, d)).orElse("–"),
        verdict.difference().map(Interval::seeds).orElse(0),
        verdict.kind(),
        verdict.kind() == Verdict.Kind.NO_RESULT
            ? "no pair of trainings has finished"
            : verdict.finding().toString(),
        verdict.differs().orElse(""),
        (int)
            Stream.concat(baseline.stream(), treatment.stream())
                .filter(line -> line.diverged().isPresent())
                .count());
  }

  private static String number(Measure measure, Optional<Published> published) {
    return published.map(p -> Numbers.value(measure, p.value())).orElse("–");
  }

  private static String number(Measure measure, List<ResultLine> lines) {
    Interval interval = Run.interval(lines, measure);
    return interval == null ? "–" : Numbers.mean(measure, interval);
  }

  private static Optional<Published> published(Run run, Comparison comparison, String group) {
    return run.protocol().claim().published().stream()
        .filter(
            p ->
                p.metric().equals(comparison.metric())
                    && p.condition().equals(comparison.condition())
                    && p.group().equals(group))
        .findFirst();
  }
}
