package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.report.Chart.Tick;

class ConditionAxisTest {

  @Test
  void isNumericWhereEachLabelSaysItsPlace() {
    ConditionAxis axis =
        ConditionAxis.of(List.of(new Condition("no noise", 0), new Condition("40 % noise", 0.4)));
    assertThat(axis)
        .isEqualTo(
            new ConditionAxis("noise", List.of(new Tick(0, "no"), new Tick(0.4, "40 %")), true));
  }

  @Test
  void countsConditionsWhoseNumbersAreSomethingElse() {
    ConditionAxis axis =
        ConditionAxis.of(
            List.of(
                new Condition("no noise", 0),
                new Condition("margin 10 %", 1),
                new Condition("margin 40 %", 2)));
    assertThat(axis.numeric()).isFalse();
    assertThat(axis.title()).isEqualTo("condition");
    assertThat(axis.ticks()).extracting(Tick::label).contains("margin 40 %");
  }

  @Test
  void leavesASingleConditionWhole() {
    ConditionAxis axis = ConditionAxis.of(List.of(new Condition("40 % noise", 0.4)));
    assertThat(axis)
        .isEqualTo(new ConditionAxis("condition", List.of(new Tick(0, "40 % noise")), false));
  }
}
