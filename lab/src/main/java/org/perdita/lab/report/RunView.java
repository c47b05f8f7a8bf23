package org.perdita.lab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.ResultLine.Provenance;

/**
 * A run as the page shows it.
 *
 * @param id its anchor
 * @param experiment which experiment
 * @param setting on which data, at which scale
 * @param protocol what was set out to do
 * @param verdicts its rows of the ledger
 * @param tables its metrics
 * @param figures its charts
 * @param pictures what there is to look at
 * @param settings numbers with their reasons
 * @param provenance where the lines come from
 * @param seeds one row for each training
 * @param seedMetrics the metrics that stand in those rows
 * @param diverged what happened to trainings that stopped early
 * @param notes what a reader should know about the files
 */
record RunView(
    String id,
    String experiment,
    String setting,
    Protocol protocol,
    List<Ledger.Row> verdicts,
    List<MetricTable> tables,
    List<Figure> figures,
    Optional<PictureGrid> pictures,
    List<Setting> settings,
    List<Fact> provenance,
    List<Seed> seeds,
    List<String> seedMetrics,
    List<String> diverged,
    List<String> notes) {

  /** A number the trainings depend on, and why it is what it is. */
  record Setting(String name, String value, String reason) {}

  /** A name with what is known under it. */
  record Fact(String name, String value) {}

  /** One training's numbers. */
  record Seed(
      String condition,
      String arm,
      int seed,
      List<String> numbers,
      String seconds,
      Optional<String> diverged) {}

  static RunView of(Run run) {
    Set<String> metrics = new LinkedHashSet<>(run.metrics());
    run.lines().forEach(line -> metrics.addAll(new TreeSet<>(line.metrics().keySet())));
    List<String> seedMetrics = List.copyOf(metrics);
    return new RunView(
        run.id(),
        run.protocol().experiment(),
        run.setting(),
        run.protocol(),
        Ledger.of(List.of(run)).rows(),
        run.metrics().stream().map(metric -> MetricTable.of(run, metric)).toList(),
        new RunFigures(run).figures(),
        PictureGrid.of(run),
        settings(run.protocol()),
        provenance(run.lines()),
        run.lines().stream()
            .sorted(order(run.protocol()))
            .map(line -> seed(run.protocol(), line, seedMetrics))
            .toList(),
        seedMetrics.stream().map(m -> Numbers.title(run.protocol().measure(m))).toList(),
        run.lines().stream()
            .filter(line -> line.diverged().isPresent())
            .map(
                line ->
                    line.arm().name()
                        + ", "
                        + line.condition().label()
                        + ", seed "
                        + line.seed()
                        + ": "
                        + line.diverged().orElseThrow())
            .toList(),
        run.notes());
  }

  private static List<Setting> settings(Protocol protocol) {
    List<Setting> settings = new ArrayList<>();
    protocol
        .settings()
        .forEach(
            (name, value) ->
                settings.add(
                    new Setting(
                        name, String.valueOf(value), protocol.reasons().getOrDefault(name, ""))));
    return settings;
  }

  private static List<Fact> provenance(List<ResultLine> lines) {
    List<Fact> facts = new ArrayList<>();
    if (!lines.isEmpty()) {
      facts.add(new Fact("Trainings", Integer.toString(lines.size())));
      facts.add(new Fact("Commit", distinct(lines, Provenance::commit)));
      facts.add(new Fact("Engine", distinct(lines, Provenance::engine)));
      facts.add(new Fact("Java", distinct(lines, Provenance::jdk)));
      facts.add(new Fact("Processor", distinct(lines, Provenance::cpu)));
      List<String> finished =
          lines.stream().map(line -> line.provenance().finished()).sorted().toList();
      facts.add(new Fact("First finished", finished.get(0)));
      facts.add(new Fact("Last finished", finished.get(finished.size() - 1)));
      double seconds = lines.stream().mapToDouble(line -> line.provenance().seconds()).sum();
      facts.add(new Fact("Training time, all together", Numbers.duration(seconds)));
    }
    return facts;
  }

  private static String distinct(List<ResultLine> lines, Function<Provenance, String> what) {
    return String.join(
        "; ", lines.stream().map(line -> what.apply(line.provenance())).distinct().toList());
  }

  /** By condition, arm and seed, as the protocol lists them. */
  private static Comparator<ResultLine> order(Protocol protocol) {
    List<String> conditions = protocol.conditions().stream().map(Condition::label).toList();
    List<String> arms = protocol.arms().stream().map(Arm::name).toList();
    return Comparator.<ResultLine>comparingInt(l -> conditions.indexOf(l.condition().label()))
        .thenComparingInt(l -> arms.indexOf(l.arm().name()))
        .thenComparingInt(ResultLine::seed);
  }

  private static Seed seed(Protocol protocol, ResultLine line, List<String> metrics) {
    return new Seed(
        line.condition().label(),
        line.arm().name(),
        line.seed(),
        metrics.stream()
            .map(
                metric -> {
                  Double value = line.metrics().get(metric);
                  return value == null ? "–" : Numbers.value(protocol.measure(metric), value);
                })
            .toList(),
        Numbers.duration(line.provenance().seconds()),
        line.diverged());
  }
}
