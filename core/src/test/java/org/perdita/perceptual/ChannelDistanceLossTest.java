package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.perceptual.FeatureLossTest.drawn;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;

class ChannelDistanceLossTest {
  private static final List<Double> W = List.of(0.5, 0.0, 2.0);

  /** Equation 1 for one layer, written out. */
  private static double formula(Tensor x, Tensor y, int h, int w) {
    double sum = 0;
    for (int p = 0; p < h * w; p++) {
      double nx = 0;
      double ny = 0;
      for (int c = 0; c < 3; c++) {
        nx += Math.pow(x.get(c * h * w + p), 2);
        ny += Math.pow(y.get(c * h * w + p), 2);
      }
      for (int c = 0; c < 3; c++) {
        double a = x.get(c * h * w + p) / (Math.sqrt(nx) + 1e-10);
        double b = y.get(c * h * w + p) / (Math.sqrt(ny) + 1e-10);
        sum += W.get(c) * (a - b) * (a - b);
      }
    }
    return sum / (h * w);
  }

  @Test
  void isThePapersFormulaAndIgnoresLength() {
    Tensor x = drawn(1, 1, 3, 4, 5);
    Tensor y = drawn(2, 1, 3, 4, 5);
    ChannelDistanceLoss loss = new ChannelDistanceLoss(W);
    double value = loss.value(Batch.of(x, y), Reduction.mean());
    assertThat(value).isCloseTo(formula(x, y, 4, 5), within(1e-12));
    float[] longer = x.toArray();
    for (int i = 0; i < longer.length; i++) {
      longer[i] *= 3;
    }
    assertThat(loss.value(Batch.of(Tensor.of(longer, 1, 3, 4, 5), y), Reduction.mean()))
        .isCloseTo(value, within(1e-6));
  }

  @Test
  void positionsWithoutFeaturesHaveAFiniteGradient() {
    Tensor y = drawn(3, 1, 3, 1, 1);
    Evaluation e =
        new ChannelDistanceLoss(W).evaluate(Batch.of(Tensor.zeros(1, 3, 1, 1), y), Reduction.sum());
    assertThat(e.value()).isPositive();
    assertThat(e.gradient().toArray()).containsOnly(0);
  }

  @Test
  void refusesNegativeWeightsAndOtherChannels() {
    assertThatThrownBy(() -> new ChannelDistanceLoss(List.of(1.0, -0.5)))
        .hasMessage(
            "ChannelDistanceLoss: a channel's weight must be finite and 0 or more, was -0.5");
    assertThatThrownBy(
            () ->
                new ChannelDistanceLoss(W)
                    .value(
                        Batch.of(Tensor.zeros(1, 2, 1, 1), Tensor.zeros(1, 2, 1, 1)),
                        Reduction.sum()))
        .hasMessage(
            "ChannelDistanceLoss[channels=3]: prediction must be of shape [n, 3, h, w], was"
                + " Tensor[1, 2, 1, 1]");
  }
}
