package org.perdita.lab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Interval;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Tuning;
import org.perdita.lab.run.ResultStore;
import org.perdita.lab.run.Results;

/**
 * One experiment at one scale on one set of data.
 *
 * @param protocol what was set out to do
 * @param lines what came of it, one line a training
 * @param folder where the lines' pictures are found
 * @param notes what a reader should know about the files, such as a line that was torn
 */
record Run(Protocol protocol, List<ResultLine> lines, Path folder, List<String> notes) {

  Run {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /**
   * Every run found in the folders.
   *
   * @throws Refusal if a folder or a protocol cannot be read, or nothing is found
   */
  static List<Run> read(List<Path> folders) {
    List<Run> runs =
        folders.stream().flatMap(out -> ResultStore.readAll(out).stream()).map(Run::of).toList();
    if (runs.isEmpty()) {
      throw new Refusal(
          folders.stream().map(Path::toString).collect(Collectors.joining(", "))
              + ": no results to report; perdita reproduce makes some");
    }
    return runs;
  }

  private static Run of(Results results) {
    Path folder = results.file().toAbsolutePath().normalize().getParent();
    return new Run(
        results.protocol(), results.lines(), Objects.requireNonNull(folder), results.notes());
  }

  /** Its anchor on the page. */
  String id() {
    return slug(protocol.experiment() + "-" + protocol.data() + "-" + protocol.scale());
  }

  /** As in {@code MNIST, quick scale}. */
  String setting() {
    return protocol.data() + ", " + protocol.scale() + " scale";
  }

  /** The lines that verdicts and tables are made from: of tuned arms the chosen ones. */
  List<ResultLine> chosen() {
    return Tuning.chosen(protocol, lines);
  }

  /** The groups of arms in the protocol's order, each with its first arm. */
  Map<String, Arm> groups() {
    Map<String, Arm> groups = new LinkedHashMap<>();
    protocol.arms().forEach(arm -> groups.putIfAbsent(arm.group(), arm));
    return groups;
  }

  /** The metrics that comparisons and published numbers are about, the headline's first. */
  List<String> metrics() {
    List<String> metrics = new ArrayList<>();
    protocol.comparisons().forEach(c -> metrics.add(c.metric()));
    protocol.claim().published().forEach(p -> metrics.add(p.metric()));
    return metrics.stream().distinct().toList();
  }

  /** The trainings of one table cell. */
  static List<ResultLine> cell(List<ResultLine> lines, String group, String condition) {
    return lines.stream()
        .filter(l -> l.arm().group().equals(group) && l.condition().label().equals(condition))
        .toList();
  }

  /** The measure summed up over the lines that have it, or null if none has. */
  static @Nullable Interval interval(List<ResultLine> lines, Measure measure) {
    double[] numbers = numbers(lines, measure);
    return numbers.length == 0 ? null : measure.summary(numbers);
  }

  /** The measure's numbers, of the lines that have it. */
  static double[] numbers(List<ResultLine> lines, Measure measure) {
    return lines.stream()
        .map(l -> l.metrics().get(measure.name()))
        .filter(v -> v != null && Double.isFinite(v))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
