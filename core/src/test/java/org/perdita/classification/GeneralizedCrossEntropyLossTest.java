package org.perdita.classification;

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

class GeneralizedCrossEntropyLossTest {
  private final Random random = new Random(1);

  /** (1 − p_y^q) / q of the softmax, as the paper writes it. */
  private static double formula(double q, float[] x, int label) {
    double z = 0;
    for (float logit : x) {
      z += Math.exp(logit);
    }
    return (1 - Math.pow(Math.exp(x[label]) / z, q)) / q;
  }

  private float[] logits(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (2 * random.nextGaussian());
    }
    return x;
  }

  @Test
  void isTheFormula() {
    for (double q : new double[] {0.1, 0.5, 0.7, 1}) {
      float[] x = logits(6);
      Batch batch = Batch.of(Tensor.of(x, 1, 6), Labels.of(new int[] {2}));
      assertThat(new GeneralizedCrossEntropyLoss(q).value(batch, Reduction.sum()))
          .isCloseTo(formula(q, x, 2), within(1e-6));
    }
  }

  @Test
  void aSmallQIsNearlyCrossEntropy() {
    Batch batch = Batch.of(Tensor.of(logits(12), 3, 4), Labels.of(new int[] {0, 3, 1}));
    Evaluation near = new GeneralizedCrossEntropyLoss(1e-7).evaluate(batch, Reduction.mean());
    Evaluation exact = new CrossEntropyLoss().evaluate(batch, Reduction.mean());
    assertThat(near.value()).isCloseTo(exact.value(), within(1e-5));
    for (int i = 0; i < 12; i++) {
      assertThat(near.gradient().get(i)).isCloseTo(exact.gradient().get(i), within(1e-5f));
    }
  }

  @Test
  void noLabelCostsMoreThanOneOverQ() {
    Batch batch = Batch.of(Tensor.of(new float[] {1e4f, 0}, 1, 2), Labels.of(new int[] {1}));
    Evaluation e = new GeneralizedCrossEntropyLoss(0.5).evaluate(batch, Reduction.sum());
    assertThat(e.value()).isEqualTo(2);
    assertThat(e.gradient().toArray()).containsExactly(0, 0);
  }

  @Test
  void refusesAnExponentOutsideItsRange() {
    for (double q : new double[] {0, -1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> new GeneralizedCrossEntropyLoss(q))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("GeneralizedCrossEntropyLoss: q must be in (0, 1], was " + q);
    }
  }
}
