package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.perdita.Tensor;
import org.perdita.pytorch.Engine;

class DetectionStepTest {

  @Test
  void bothSidesComputeTheSame() {
    DetectionStep step = new DetectionStep(Size.TINY);
    Tensor gradient = Tensor.zeros(step.scores().shape());
    double own = step.own(gradient);
    double composed = Engine.scoped(() -> step.composed().getAsDouble());
    assertThat(own).isCloseTo(composed, within(1e-4 * composed));
    assertThat(step.figures()).hasSize(3);
    assertThat(new DetectorSteps(Size.TINY).figures())
        .allSatisfy(f -> assertThat(f.figure()).isPositive());
  }
}
