package org.perdita.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;

class SmoothL1LossTest {

  /** Girshick 2015, equation 3, with the parabola ending at β. */
  private static double transcribed(double d, double beta) {
    return Math.abs(d) < beta ? d * d / (2 * beta) : Math.abs(d) - beta / 2;
  }

  private static double slope(double d, double beta) {
    return Math.abs(d) < beta ? d / beta : Math.signum(d);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-40, 0.11, 1, 7})
  void isItsFormula(double beta) {
    Random random = new Random(2);
    SmoothL1Loss loss = new SmoothL1Loss(beta);
    for (double scale : new double[] {1e-3, 0.1, 1, 100, 1e6}) {
      int n = 700;
      float[] x = new float[n];
      float[] y = new float[n];
      for (int i = 0; i < n; i++) {
        x[i] = (float) (scale * random.nextGaussian());
        y[i] = i % 5 == 0 ? x[i] : (float) (scale * random.nextGaussian());
      }
      Batch batch = Batch.of(Tensor.of(x, n), Tensor.of(y, n));
      Tensor values = loss.values(batch);
      Evaluation e = loss.evaluate(batch, Reduction.sum());
      for (int i = 0; i < n; i++) {
        double d = x[i] - y[i];
        double v = transcribed(d, beta);
        assertThat((double) values.get(i)).isCloseTo(v, within(4e-7 * v + 1e-38));
        assertThat((double) e.gradient().get(i)).isCloseTo(slope(d, beta), within(4e-7));
      }
    }
  }

  @Test
  void targetsMayBeAnyFiniteNumber() {
    SmoothL1Loss loss = SmoothL1Loss.retinaNet();
    assertThat(loss.beta()).isEqualTo(0.11);
    Tensor x = Tensor.of(new float[] {1, 2}, 1, 2);
    Batch far = Batch.of(x, Tensor.of(new float[] {-7, 900}, 1, 2));
    assertThat(loss.value(far, Reduction.sum())).isCloseTo(8 + 898 - 0.11, within(1e-4));
    Batch infinite = Batch.of(x, Tensor.of(new float[] {0, Float.POSITIVE_INFINITY}, 1, 2));
    assertThatThrownBy(() -> loss.value(infinite, Reduction.sum()))
        .hasMessage("SmoothL1Loss[beta=0.11]: target[0, 1] = Infinity is not finite");
    Batch hidden = infinite.weighted(Tensor.of(new float[] {1, 0}, 1, 2));
    assertThat(loss.value(hidden, Reduction.sum())).isCloseTo(1 - 0.055, within(1e-6));
    assertThatThrownBy(() -> loss.value(Batch.of(x, Labels.of(new int[1])), Reduction.sum()))
        .hasMessage(
            "SmoothL1Loss[beta=0.11]: target must be a Tensor of numbers, not labels,"
                + " was Labels[1]");
    assertThatThrownBy(() -> new SmoothL1Loss(-1))
        .hasMessage("SmoothL1Loss: beta must be in [0, 1e30), was -1.0");
  }
}
