package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;

class BinaryBiTemperedLossTest {
  private static final float[] LOGITS = {-20, -3, -0.5f, 0, 0.7f, 4, 30};
  private static final float[] TARGETS = {1, 0, 0.3f, 0.5f, 1, 1, 0};
  private static final double[][] TEMPERATURES = {
    {0.2, 4}, {0.8, 1.2}, {1, 4}, {0.2, 1}, {0.3, 0.6}
  };

  private static Batch batch() {
    return Batch.of(Tensor.of(LOGITS, LOGITS.length), Tensor.of(TARGETS, TARGETS.length));
  }

  @Test
  void isTheLossOfTwoClassesWhoseFirstLogitIsZero() {
    int n = LOGITS.length;
    float[] x = new float[2 * n];
    float[] y = new float[2 * n];
    for (int i = 0; i < n; i++) {
      x[2 * i + 1] = LOGITS[i];
      y[2 * i] = 1 - TARGETS[i];
      y[2 * i + 1] = TARGETS[i];
    }
    Batch pairs = Batch.of(Tensor.of(x, n, 2), Tensor.of(y, n, 2));
    for (double[] t : TEMPERATURES) {
      Evaluation one = BinaryBiTemperedLoss.of(t[0], t[1]).evaluate(batch(), Reduction.sum());
      Evaluation two = BiTemperedLoss.of(t[0], t[1]).evaluate(pairs, Reduction.sum());
      assertThat(one.value()).isCloseTo(two.value(), within(4e-6 * (1 + two.value())));
      for (int i = 0; i < n; i++) {
        float expected = two.gradient().get(2 * i + 1);
        assertThat(one.gradient().get(i))
            .isCloseTo(expected, within(1e-6f + 4e-6f * Math.abs(expected)));
      }
    }
  }

  @Test
  void bothTemperaturesAtOneAreBinaryCrossEntropy() {
    Batch certain =
        Batch.of(Tensor.of(new float[] {-2, 0.5f, 3}, 3), Tensor.of(new float[] {1, 0, 1}, 3));
    assertThat(BinaryBiTemperedLoss.of(1, 1).value(certain, Reduction.sum()))
        .isCloseTo(new BinaryCrossEntropyLoss().value(certain, Reduction.sum()), within(1e-6));
  }

  @Test
  void predictsTheTemperedSigmoid() {
    Tensor p = BinaryBiTemperedLoss.of(0.2, 4).predict(Tensor.of(new float[] {0, -5, 5}, 3));
    assertThat(p.get(0)).isEqualTo(0.5f);
    assertThat((double) p.get(1) + p.get(2)).isCloseTo(1, within(1e-6));
    // A heavy tail: the sigmoid would say 0.0067.
    assertThat(p.get(1)).isGreaterThan(0.1f);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> BinaryBiTemperedLoss.of(1.2, 2))
        .hasMessage("BinaryBiTemperedLoss: t1 must be a finite number of at most 1, was 1.2");
    assertThatThrownBy(() -> BinaryBiTemperedLoss.of(0.5, 0))
        .hasMessage("BinaryBiTemperedLoss: t2 must be a finite number above 0, was 0.0");
    assertThatThrownBy(() -> BinaryBiTemperedLoss.of(0.5, 2).withSmoothing(0.5))
        .hasMessage("BinaryBiTemperedLoss: smoothing must be in [0, 0.5), was 0.5");
    assertThatThrownBy(() -> BinaryBiTemperedLoss.of(0.5, 2).withIterations(0))
        .hasMessage("Normalization: iterations must be 1 or more, was 0");
  }

  @Test
  void curvatureKeepsItsDigitsWhereItIsSmall() {
    for (float x : new float[] {-30, -20, -3, 0, 3, 20, 30}) {
      Batch batch = Batch.of(Tensor.of(new float[] {x, x}, 2), Tensor.of(new float[] {0, 1}, 2));
      float[] logistic = curvature(new BinaryCrossEntropyLoss(), batch);
      assertThat(curvature(BinaryBiTemperedLoss.of(1, 1), batch))
          .containsExactly(logistic, within(1e-6f * logistic[0]));
    }
  }

  private static float[] curvature(CurvedLoss loss, Batch batch) {
    Tensor curvature = Tensor.zeros(2);
    loss.evaluate(batch, Reduction.sum(), Tensor.zeros(2), curvature);
    return curvature.toArray();
  }
}
