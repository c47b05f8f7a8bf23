package org.perdita.lab.noisy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.experiment.Training;

/** Each experiment in a form of seconds: that all its parts work, not what it finds. */
class MiniaturesTest {

  static Stream<Experiment> experiments() {
    return Experiments.all().list().stream();
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyArmOfTheFirstConditionTrainsTheSameWayTwice(Experiment experiment)
      throws InterruptedException {
    Plan plan = experiment.plan(Request.miniature());
    List<Training> first =
        plan.trainings().stream()
            .filter(t -> t.seed() == 1 && t.condition().equals(plan.trainings().get(0).condition()))
            .toList();
    assertThat(first).hasSameSizeAs(plan.protocol().arms());
    boolean pictured = false;
    for (Training training : first) {
      int[] steps = new int[1];
      Outcome once = training.run(() -> steps[0]++);
      assertThat(steps[0]).isEqualTo(training.steps());
      assertThat(once.metrics().values()).allSatisfy(m -> assertThat(m).isFinite());
      once.metrics()
          .forEach(
              (name, number) -> {
                if (plan.protocol().measure(name).unit() == Measure.Unit.SHARE) {
                  assertThat(number).as(name).isBetween(0.0, 1.0);
                }
              });
      assertThat(once.curves()).isNotEmpty();
      assertThat(once.diverged()).isEmpty();
      assertThat(untimed(training.run(() -> {}))).isEqualTo(untimed(once));
      pictured |= !once.pictures().isEmpty();
    }
    assertThat(pictured).isTrue();
  }

  /** What is measured without a clock, which never shows the same twice. */
  private static Map<String, Double> untimed(Outcome outcome) {
    Map<String, Double> untimed = new TreeMap<>(outcome.metrics());
    untimed.keySet().removeIf(name -> name.startsWith("seconds") || name.startsWith("times"));
    return untimed;
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void baselineAndTreatmentDifferByTheLossAlone(Experiment experiment) {
    Plan plan = experiment.plan(Request.of(Scale.QUICK));
    for (Training training : plan.trainings()) {
      Set<String> arms =
          plan.trainings().stream()
              .filter(t -> t.seed() == training.seed())
              .filter(t -> t.condition().equals(training.condition()))
              .map(t -> t.arm().name())
              .collect(Collectors.toSet());
      assertThat(arms).hasSameSizeAs(plan.protocol().arms());
    }
    assertThat(plan.trainings().stream().map(Training::seed).distinct().count())
        .isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyComparisonIsOfThingsThatAreTrained(Experiment experiment) {
    for (Scale scale : Scale.values()) {
      if (scale == Scale.PAPER) {
        continue; // draws its data at full size
      }
      Protocol protocol = experiment.plan(Request.of(scale)).protocol();
      Set<String> groups =
          protocol.arms().stream().map(Protocol.Arm::group).collect(Collectors.toSet());
      Set<String> conditions =
          protocol.conditions().stream().map(Protocol.Condition::label).collect(Collectors.toSet());
      assertThat(protocol.comparisons()).isNotEmpty();
      for (Comparison comparison : protocol.comparisons()) {
        assertThat(groups).contains(comparison.baseline(), comparison.treatment());
        assertThat(conditions).contains(comparison.condition());
      }
      assertThat(protocol.reasons().keySet()).isEqualTo(protocol.settings().keySet());
    }
  }

  @Test
  void tuningTriesTheBaselineToo() {
    Request tuned = new Request(Scale.QUICK, Optional.empty(), OptionalInt.of(3), true, false);
    Protocol protocol = new NoisyDigits().plan(tuned).protocol();
    assertThat(protocol.arms().stream().filter(a -> a.group().equals("logistic")).count())
        .isGreaterThan(1);
    assertThat(protocol.tunedBy()).contains("noisy validation accuracy");
  }

  @Test
  void ringsAreDrawnWhateverTheFolder() {
    Request files =
        new Request(
            Scale.QUICK, Optional.of(Path.of("somewhere")), OptionalInt.empty(), false, false);
    assertThat(new NoisyRings().plan(files).protocol().data()).isEqualTo("drawn points");
  }
}
