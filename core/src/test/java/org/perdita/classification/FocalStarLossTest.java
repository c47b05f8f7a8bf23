package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.classification.FloatError.logSigmoid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;

class FocalStarLossTest {

  /** Equations 7 and 8: cross-entropy of γ x_t + β, over γ. */
  private static double[] paper(double gamma, double beta, double x, double y) {
    double alphaT = 0.25 * y + 0.75 * (1 - y);
    double margin = gamma * (2 * y - 1) * x + beta;
    double wrong = Math.exp(logSigmoid(-margin));
    return new double[] {-alphaT * logSigmoid(margin) / gamma, -alphaT * (2 * y - 1) * wrong};
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0", "1, 0", "1.7, 0.3", "2, 1", "4, 0", "3, -2"})
  void keepsItsDigitsAtEveryLogit(double gamma, double beta) {
    FloatError error =
        FloatError.of(
            new FocalStarLoss(Alpha.of(0.25), gamma, beta), (x, y) -> paper(gamma, beta, x, y));
    assertThat(error.value()).isLessThan(4e-7);
    assertThat(error.gradient()).isLessThan(4e-7);
    assertThat(error.belowNormal()).isLessThan(1.2e-38);
  }

  @Test
  void plainMarginsAreCrossEntropy() {
    FocalStarLoss star = new FocalStarLoss(Alpha.none(), 1, 0);
    float[] x = {-200, -3, -0.1f, 0, 1e-40f, 2, 50};
    for (float y : new float[] {0, 1}) {
      float[] target = {y, y, y, y, y, y, y};
      Batch batch = Batch.of(Tensor.of(x, 7), Tensor.of(target, 7));
      float[] expected = new BinaryCrossEntropyLoss().values(batch).toArray();
      float[] found = star.values(batch).toArray();
      for (int i = 0; i < 7; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(2e-7f * expected[i]));
      }
    }
  }

  @Test
  void aTargetOfOneHalfLeavesThePredictionAlone() {
    Batch batch =
        Batch.of(Tensor.of(new float[] {-5, 5}, 2), Tensor.of(new float[] {0.5f, 0.5f}, 2));
    assertThat(
            new FocalStarLoss(Alpha.none(), 2, 0)
                .evaluate(batch, Reduction.sum())
                .gradient()
                .toArray())
        .containsExactly(0, 0);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> new FocalStarLoss(Alpha.none(), 0, 0))
        .hasMessage("FocalStarLoss: gamma must be in [0.001, 1000), was 0.0");
    assertThatThrownBy(() -> new FocalStarLoss(Alpha.none(), 2, Double.NaN))
        .hasMessage("FocalStarLoss: beta must be in [-1000, 1000], was NaN");
  }

  @Test
  void namesItselfAsItsParameters() {
    assertThat(new FocalStarLoss(Alpha.of(0.25), 2, 1))
        .hasToString("FocalStarLoss[alpha=0.25, gamma=2.0, beta=1.0]");
  }
}
