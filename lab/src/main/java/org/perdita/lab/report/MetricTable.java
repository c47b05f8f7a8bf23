package org.perdita.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Claim.Published;
import org.perdita.lab.experiment.Interval;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.ResultLine;

/**
 * A metric by loss and condition, ours beside the published one.
 *
 * @param metric which metric
 * @param unit of every number in the table
 * @param definition how it is computed; empty where its name says it all
 * @param lower whether less is better
 * @param searched whether it is the best of a random search, and no mean
 * @param conditions the columns; published ones that were not run come last
 * @param rows the groups of arms; published ones that were not run come last
 * @param published whether there are published numbers in it
 * @param unconfirmed whether some of those were not read in their source
 * @param singles whether some cell comes from one seed, so that it has no interval
 */
record MetricTable(
    String metric,
    String unit,
    String definition,
    boolean lower,
    boolean searched,
    List<String> conditions,
    List<Row> rows,
    boolean published,
    boolean unconfirmed,
    boolean singles) {

  /** One group of arms. */
  record Row(String group, int slot, List<Cell> cells) {}

  /**
   * Ours and theirs.
   *
   * @param ours mean and interval; null without results
   * @param seeds how many seeds
   * @param arm the arm that tuning chose; null where there was no choice
   * @param diverged how many trainings diverged
   * @param theirs the published number; null without one
   * @param confirmed whether it was read in the source itself
   */
  record Cell(
      @Nullable String ours,
      int seeds,
      @Nullable String arm,
      int diverged,
      @Nullable String theirs,
      boolean confirmed) {}

  /** The table of one metric of a run. */
  static MetricTable of(Run run, String metric) {
    Measure measure = run.protocol().measure(metric);
    List<Published> published =
        run.protocol().claim().published().stream().filter(p -> p.metric().equals(metric)).toList();
    List<String> conditions = new ArrayList<>();
    run.protocol().conditions().forEach(c -> conditions.add(c.label()));
    Map<String, Integer> groups = new LinkedHashMap<>();
    run.groups().forEach((group, arm) -> groups.put(group, Palette.slot(arm.loss())));
    for (Published p : published) {
      if (!conditions.contains(p.condition())) {
        conditions.add(p.condition());
      }
      groups.putIfAbsent(p.group(), Palette.slot(p.group()));
    }
    List<ResultLine> chosen = run.chosen();
    List<Row> rows = new ArrayList<>();
    boolean singles = false;
    for (Map.Entry<String, Integer> group : groups.entrySet()) {
      List<Cell> cells = new ArrayList<>();
      for (String condition : conditions) {
        Cell cell =
            cell(
                measure,
                Run.cell(chosen, group.getKey(), condition),
                run.protocol().tunedBy().isPresent(),
                published.stream()
                    .filter(
                        p -> p.group().equals(group.getKey()) && p.condition().equals(condition))
                    .findFirst()
                    .orElse(null));
        singles |= cell.ours() != null && cell.seeds() == 1;
        cells.add(cell);
      }
      rows.add(new Row(group.getKey(), group.getValue(), cells));
    }
    return new MetricTable(
        metric,
        measure.unit().symbol(),
        measure.definition(),
        measure.better() == Measure.Better.LOWER,
        measure.searched(),
        conditions,
        rows,
        !published.isEmpty(),
        published.stream().anyMatch(p -> !p.confirmed()),
        singles);
  }

  private static Cell cell(
      Measure measure, List<ResultLine> lines, boolean tuned, @Nullable Published published) {
    Interval interval = Run.interval(lines, measure);
    return new Cell(
        interval == null ? null : Numbers.mean(measure, interval),
        interval == null ? 0 : interval.seeds(),
        tuned && !lines.isEmpty() ? lines.get(0).arm().name() : null,
        (int) lines.stream().filter(line -> line.diverged().isPresent()).count(),
        published == null ? null : Numbers.value(measure, published.value()),
        published == null || published.confirmed());
  }
}
