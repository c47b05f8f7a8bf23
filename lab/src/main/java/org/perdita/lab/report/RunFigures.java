package org.perdita.lab.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.BestOfSearch;
import org.perdita.lab.experiment.Claim.Published;
import org.perdita.lab.experiment.Interval;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Measure.Axis;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.report.Chart.Point;
import org.perdita.lab.report.Chart.Series;

/** The charts of a run. */
final class RunFigures {
  /** A curve of more points than this is thinned out. */
  private static final int MOST_POINTS = 100;

  private static final MathContext DIGITS = new MathContext(6);

  private final Run run;
  private final List<ResultLine> lines;

  RunFigures(Run run) {
    this.run = run;
    this.lines = run.chosen();
  }

  /** The metrics over the conditions, then the curves over the training. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    if (!lines.isEmpty()) {
      for (String metric : run.metrics()) {
        figures.add(conditions(metric));
        if (run.protocol().measure(metric).searched()) {
          figures.add(budget(metric));
        }
      }
      Set<String> curves = new LinkedHashSet<>();
      lines.forEach(line -> line.curves().keySet().stream().sorted().forEach(curves::add));
      curves.forEach(curve -> figures.add(training(curve)));
    }
    return figures;
  }

  private Figure conditions(String metric) {
    Measure measure = run.protocol().measure(metric);
    ConditionAxis axis = ConditionAxis.of(run.protocol().conditions());
    boolean numeric = axis.numeric();
    List<Series> series = new ArrayList<>();
    Map<Integer, Integer> shades = new HashMap<>();
    run.groups()
        .forEach(
            (group, arm) -> {
              int slot = Palette.slot(arm.loss());
              int shade = shades.merge(slot, 1, Integer::sum) - 1;
              series.add(new Series(group, slot, shade, false, ours(group, measure, numeric)));
              List<Point> theirs = theirs(group, measure, numeric);
              if (!theirs.isEmpty()) {
                boolean confirmed = confirmed(group, metric);
                String name = group + (confirmed ? ", published" : ", published (unconfirmed)");
                series.add(new Series(name, slot, shade, true, theirs));
              }
            });
    String band = numeric ? "Bands" : "Whiskers";
    return new Figure(
        run.id() + "-" + Run.slug(metric),
        capitalised(metric) + " by condition",
        band
            + (measure.searched()
                ? " are 95 % intervals of the best of the search"
                : " are 95 % intervals of the mean over seeds")
            + (series.stream().anyMatch(Series::published)
                ? "; hollow marks are the published numbers."
                : "."),
        List.of(
            new Chart("", axis.title(), Numbers.title(measure), axis.ticks(), !numeric, series)));
  }

  private List<Point> ours(String group, Measure measure, boolean numeric) {
    List<Point> points = new ArrayList<>();
    List<Condition> conditions = run.protocol().conditions();
    for (int i = 0; i < conditions.size(); i++) {
      Interval interval = Run.interval(Run.cell(lines, group, conditions.get(i).label()), measure);
      if (interval != null) {
        points.add(
            new Point(
                numeric ? conditions.get(i).x() : i,
                scaled(measure, interval.mean()),
                scaled(measure, interval.low()),
                scaled(measure, interval.high())));
      }
    }
    return points;
  }

  private List<Point> theirs(String group, Measure measure, boolean numeric) {
    List<Point> points = new ArrayList<>();
    List<Condition> conditions = run.protocol().conditions();
    for (int i = 0; i < conditions.size(); i++) {
      String label = conditions.get(i).label();
      double x = numeric ? conditions.get(i).x() : i;
      run.protocol().claim().published().stream()
          .filter(p -> p.metric().equals(measure.name()) && p.group().equals(group))
          .filter(p -> p.condition().equals(label))
          .forEach(p -> points.add(new Point(x, scaled(measure, p.value()), null, null)));
    }
    return points;
  }

  private boolean confirmed(String group, String metric) {
    return run.protocol().claim().published().stream()
        .filter(p -> p.metric().equals(metric) && p.group().equals(group))
        .allMatch(Published::confirmed);
  }

  /** The best of a search by how many samples it may take. */
  private Figure budget(String metric) {
    Measure measure = run.protocol().measure(metric);
    return new Figure(
        run.id() + "-budget-" + Run.slug(metric),
        "Best " + metric + " by the search's budget",
        "Lines are the mean best of so many samples of the search, bands the middle 95 % of it, both"
            + " by drawing them with replacement.",
        byCondition(
            "samples of the search",
            Numbers.title(measure),
            cell -> best(measure, Run.numbers(cell, measure))));
  }

  private static List<Point> best(Measure measure, double[] samples) {
    List<Point> points = new ArrayList<>();
    for (int budget = 1; budget <= samples.length; budget++) {
      Interval best = BestOfSearch.of(measure.better(), budget, samples);
      points.add(
          new Point(
              budget,
              scaled(measure, best.mean()),
              scaled(measure, best.low()),
              scaled(measure, best.high())));
    }
    return points;
  }

  /** A chart for each condition, with a line for each group that has points in it. */
  private List<Chart> byCondition(
      String x, String y, Function<List<ResultLine>, List<Point>> points) {
    List<Chart> charts = new ArrayList<>();
    for (Condition condition : run.protocol().conditions()) {
      List<Series> series = new ArrayList<>();
      Map<Integer, Integer> shades = new HashMap<>();
      run.groups()
          .forEach(
              (group, arm) -> {
                int slot = Palette.slot(arm.loss());
                int shade = shades.merge(slot, 1, Integer::sum) - 1;
                List<Point> line = points.apply(Run.cell(lines, group, condition.label()));
                if (!line.isEmpty()) {
                  series.add(new Series(group, slot, shade, false, line));
                }
              });
      if (!series.isEmpty()) {
        charts.add(Chart.lines(condition.label(), x, y, series));
      }
    }
    return charts;
  }

  private Figure training(String curve) {
    Measure measure = run.protocol().measure(curve);
    String over = measure.axis().map(Axis::title).orElse("epoch");
    List<Chart> charts = byCondition(over, Numbers.title(measure), cell -> points(measure, cell));
    return new Figure(
        run.id() + "-curve-" + Run.slug(curve),
        capitalised(curve) + (measure.axis().isEmpty() ? " over the training" : " by " + over),
        "Lines are means over seeds, bands run from the lowest to the highest seed.",
        charts);
  }

  /** Mean, lowest and highest over the seeds, place by place. */
  private static List<Point> points(Measure measure, List<ResultLine> lines) {
    List<List<Double>> curves =
        lines.stream().map(l -> l.curves().getOrDefault(measure.name(), List.of())).toList();
    int all = curves.stream().mapToInt(List::size).max().orElse(0);
    Axis axis = measure.axis().orElse(new Axis("epoch", 1, all));
    int shown = Math.min(all, MOST_POINTS);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      int at = shown == all ? i : (int) Math.round(i * (all - 1.0) / (shown - 1));
      double[] values =
          curves.stream()
              .filter(c -> c.size() > at)
              .mapToDouble(c -> c.get(at))
              .filter(Double::isFinite)
              .toArray();
      if (values.length > 0) {
        Interval mean = Interval.of(values);
        points.add(
            new Point(
                all < 2
                    ? axis.first()
                    : axis.first() + (axis.last() - axis.first()) * at / (all - 1),
                scaled(measure, mean.mean()),
                values.length < 2
                    ? null
                    : scaled(measure, Arrays.stream(values).min().orElseThrow()),
                values.length < 2
                    ? null
                    : scaled(measure, Arrays.stream(values).max().orElseThrow())));
      }
    }
    return points;
  }

  /** The number as the axis shows it; null if it is not finite. */
  private static @Nullable Double scaled(Measure measure, double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return new BigDecimal(measure.unit().times() * value).round(DIGITS).doubleValue();
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
