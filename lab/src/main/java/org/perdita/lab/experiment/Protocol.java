package org.perdita.lab.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an experiment set out to do, kept beside its result lines so that a report can be made from
 * files alone.
 *
 * @param experiment which experiment
 * @param scale quick, full or paper; tiny for a miniature
 * @param data which data, as in {@code drawn digits} or {@code MNIST}
 * @param claim what is put to the test
 * @param settings every number the trainings depend on, by name, in the order to show them; part of
 *     each result line
 * @param reasons why a setting has its number, by the setting's name
 * @param conditions in the order in which a table lists them
 * @param arms in the order in which a table lists them, the baseline first
 * @param tunedBy the metric on validation data by which one arm of each group is chosen for each
 *     condition; empty when every group has one arm
 * @param measures how the numbers and curves of the lines are to be read; what is not among them is
 *     a plain number of which more is better
 * @param comparisons what the verdicts are about, the headline first
 * @param differs what differs from the published setting; empty if nothing does
 */
public record Protocol(
    String experiment,
    String scale,
    String data,
    Claim claim,
    Map<String, Object> settings,
    Map<String, String> reasons,
    List<Condition> conditions,
    List<Arm> arms,
    Optional<String> tunedBy,
    List<Measure> measures,
    List<Comparison> comparisons,
    Optional<String> differs) {

  public Protocol {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    conditions = List.copyOf(conditions);
    arms = List.copyOf(arms);
    measures = List.copyOf(measures);
    comparisons = List.copyOf(comparisons);
  }

  /**
   * What {@code experiment} set out to do for {@code request}, without tuning.
   *
   * @param numbers the settings, each with its reason
   */
  public static Protocol of(
      Experiment experiment,
      Request request,
      String data,
      Record numbers,
      List<Condition> conditions,
      List<Arm> arms,
      List<Measure> measures,
      List<Comparison> comparisons,
      List<String> differs) {
    return new Protocol(
        experiment.name(),
        request.tiny() ? "tiny" : request.scale().toString(),
        data,
        experiment.claim(),
        Settings.values(numbers),
        Settings.reasons(numbers.getClass()),
        conditions,
        arms,
        Optional.empty(),
        measures,
        comparisons,
        differs.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differs)));
  }

  /** The same with one arm of each group chosen by {@code metric}, of validation data. */
  public Protocol chosenBy(String metric) {
    return new Protocol(
        experiment,
        scale,
        data,
        claim,
        settings,
        reasons,
        conditions,
        arms,
        Optional.of(metric),
        measures,
        comparisons,
        differs);
  }

  /** How the measure of that name is to be read. */
  public Measure measure(String name) {
    return measures.stream()
        .filter(measure -> measure.name().equals(name))
        .findFirst()
        .orElseGet(() -> Measure.plain(name));
  }

  /**
   * What is varied besides the loss, such as the share of flipped labels.
   *
   * @param label as in a table's head
   * @param x where it stands on a chart's axis
   */
  public record Condition(String label, double x) {}

  /**
   * One loss.
   *
   * @param name unique among the arms, such as {@code bi-tempered (0.5, 4.0)}
   * @param loss the loss, as its record prints itself
   * @param group the row of a table it belongs to, such as {@code bi-tempered}; arms that differ in
   *     parameters only share a group, and tuning chooses one of them
   */
  public record Arm(String name, String loss, String group) {}
}
