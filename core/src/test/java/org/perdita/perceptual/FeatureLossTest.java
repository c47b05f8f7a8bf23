package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;

class FeatureLossTest {

  static Tensor drawn(long seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.buffer().put(i, (float) random.nextGaussian());
    }
    return tensor;
  }

  /** Equation 2, written out. */
  private static double squaredError(Tensor phi, Tensor psi, int sample) {
    int each = phi.size() / phi.length(0);
    double sum = 0;
    for (int i = sample * each; i < (sample + 1) * each; i++) {
      sum += Math.pow((double) phi.get(i) - psi.get(i), 2);
    }
    return sum / (phi.length(1) * phi.length(2) * phi.length(3));
  }

  @Test
  void isThePapersFormula() {
    Tensor phi = drawn(1, 2, 3, 40, 50);
    Tensor psi = drawn(2, 2, 3, 40, 50);
    Batch batch = Batch.of(phi, psi);
    double[] of = {squaredError(phi, psi, 0), squaredError(phi, psi, 1)};
    assertThat(FeatureLoss.squaredError().value(batch, Reduction.mean()))
        .isCloseTo((of[0] + of[1]) / 2, within(1e-14));
    assertThat((double) FeatureLoss.squaredError().values(batch).get(1))
        .isCloseTo(of[1], within(1e-7));
    double norm = Math.sqrt(of[0] * 6000) + Math.sqrt(of[1] * 6000);
    assertThat(FeatureLoss.frobenius().value(batch, Reduction.sum()))
        .isCloseTo(norm, within(1e-10));
  }

  @Test
  void aDifferenceOfOneEverywhereCostsOneAtAnySize() {
    for (int side : new int[] {1, 7, 64}) {
      Tensor ones = Tensor.zeros(1, 2, side, side);
      for (int i = 0; i < ones.size(); i++) {
        ones.buffer().put(i, 1);
      }
      Batch batch = Batch.of(ones, Tensor.zeros(1, 2, side, side));
      assertThat(FeatureLoss.squaredError().value(batch, Reduction.mean())).isEqualTo(1);
      assertThat(FeatureLoss.absoluteError().value(batch, Reduction.mean())).isEqualTo(1);
      assertThat(FeatureLoss.frobenius().value(batch, Reduction.mean()))
          .isCloseTo(side * Math.sqrt(2), within(1e-12));
    }
  }

  @Test
  void equalFeaturesCostNothingAndHaveNoGradient() {
    Tensor phi = drawn(3, 2, 3, 4, 4);
    for (FeatureLoss.Distance distance : FeatureLoss.Distance.values()) {
      Evaluation e = new FeatureLoss(distance).evaluate(Batch.of(phi, phi), Reduction.mean());
      assertThat(e.value()).isZero();
      assertThat(e.gradient().toArray()).containsOnly(0);
    }
  }

  @Test
  void farFeaturesHaveFiniteGradients() {
    Tensor phi = Tensor.of(new float[] {3e38f, -3e38f, 1, 2, 3}, 1, 5);
    Tensor psi = Tensor.of(new float[] {-3e38f, 3e38f, 0, 0, 0}, 1, 5);
    for (FeatureLoss.Distance distance : FeatureLoss.Distance.values()) {
      Evaluation e =
          new FeatureLoss(distance).evaluate(Batch.of(phi, psi), Reduction.dividedBy(1e-3));
      for (float g : e.gradient().toArray()) {
        assertThat(g).isFinite();
      }
    }
  }

  @Test
  void refusesOtherShapesAndLabels() {
    FeatureLoss loss = FeatureLoss.squaredError();
    assertThatThrownBy(
            () ->
                loss.value(
                    Batch.of(Tensor.zeros(1, 2, 3, 3), Tensor.zeros(1, 3, 3, 3)), Reduction.mean()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "FeatureLoss[distance=SQUARED_ERROR]: target has shape [1, 3, 3, 3], prediction has"
                + " shape [1, 2, 3, 3]");
    assertThatThrownBy(
            () ->
                loss.value(
                    Batch.of(Tensor.zeros(1, 2, 3, 3), Labels.of(new int[] {0})), Reduction.mean()))
        .hasMessage(
            "FeatureLoss[distance=SQUARED_ERROR]: target must be a Tensor of features, was"
                + " Labels[1]");
    assertThatThrownBy(
            () -> loss.value(Batch.of(Tensor.zeros(3), Tensor.zeros(3)), Reduction.mean()))
        .hasMessageContaining("prediction must be of shape [n, c, h, w] or [n, …], was Tensor[3]");
  }
}
