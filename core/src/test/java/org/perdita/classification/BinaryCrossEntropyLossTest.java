package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.classification.FloatError.logSigmoid;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;

class BinaryCrossEntropyLossTest {

  private static double[] formula(double w, double x, double y) {
    double p = Math.exp(logSigmoid(x));
    double notP = Math.exp(logSigmoid(-x));
    return new double[] {
      -w * y * logSigmoid(x) - (1 - y) * logSigmoid(-x), (1 - y) * p - w * y * notP
    };
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.2})
  void keepsItsDigitsAtEveryLogit(double w) {
    BinaryCrossEntropyLoss plain = new BinaryCrossEntropyLoss();
    FloatError error =
        FloatError.of(w == 1 ? plain : plain.withPositiveWeight(w), (x, y) -> formula(w, x, y));
    assertThat(error.value()).isLessThan(3e-7);
    assertThat(error.gradient()).isLessThan(3e-7);
    assertThat(error.belowNormal()).isLessThan(1.2e-38);
  }

  @Test
  void softTargetsMixBothSides() {
    float[] x = {-9, -1, 0, 0.5f, 12};
    float[] y = {0.1f, 0.9f, 0.3f, 0.5f, 1e-4f};
    Batch batch = Batch.of(Tensor.of(x, 5), Tensor.of(y, 5));
    for (double w : new double[] {1, 4}) {
      BinaryCrossEntropyLoss loss = new BinaryCrossEntropyLoss().withPositiveWeight(w);
      Evaluation e = loss.evaluate(batch, Reduction.sum());
      float[] values = loss.values(batch).toArray();
      for (int i = 0; i < 5; i++) {
        double[] exact = formula(w, x[i], y[i]);
        assertThat((double) values[i]).isCloseTo(exact[0], within(1e-6 * exact[0]));
        assertThat((double) e.gradient().get(i)).isCloseTo(exact[1], within(1e-6));
      }
    }
  }

  @Test
  void eachClassMayHaveItsPositiveWeight() {
    Tensor x = Tensor.of(new float[] {1, 1, 1, 1}, 2, 2);
    Tensor y = Tensor.of(new float[] {1, 1, 0, 0}, 2, 2);
    float[] v =
        new BinaryCrossEntropyLoss().withPositiveWeight(2, 5).values(Batch.of(x, y)).toArray();
    double positive = -logSigmoid(1);
    double negative = -logSigmoid(-1);
    assertThat(v[0]).isCloseTo((float) (2 * positive), within(1e-6f));
    assertThat(v[1]).isCloseTo((float) (5 * positive), within(1e-6f));
    assertThat(v[2]).isCloseTo((float) negative, within(1e-6f));
    assertThat(v[3]).isCloseTo((float) negative, within(1e-6f));
  }

  @Test
  void aLossThatOverflowsStaysFinite() {
    Batch batch =
        Batch.of(Tensor.of(new float[] {-Float.MAX_VALUE}, 1), Tensor.of(new float[] {1}, 1));
    BinaryCrossEntropyLoss loss = new BinaryCrossEntropyLoss().withPositiveWeight(1e30);
    assertThat(loss.values(batch).get(0)).isEqualTo(Float.MAX_VALUE);
    Batch heavy = batch.weighted(Tensor.of(new float[] {1e30f}, 1));
    assertThat(new BinaryCrossEntropyLoss().values(heavy).get(0)).isEqualTo(Float.MAX_VALUE);
    Evaluation e = new BinaryCrossEntropyLoss().evaluate(heavy, Reduction.dividedBy(1e-30));
    assertThat(e.gradient().get(0)).isEqualTo(-Float.MAX_VALUE);
  }

  @Test
  void readsBackFromJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    BinaryCrossEntropyLoss loss = new BinaryCrossEntropyLoss().withPositiveWeight(2, 5);
    assertThat(json.readValue(json.writeValueAsString(loss), BinaryCrossEntropyLoss.class))
        .isEqualTo(loss);
    assertThat(loss).hasToString("BinaryCrossEntropyLoss[positiveWeight=[2.0, 5.0]]");
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> new BinaryCrossEntropyLoss().withPositiveWeight(-1))
        .hasMessage(
            "BinaryCrossEntropyLoss: positive weight must be a finite float of 0 or more, was"
                + " -1.0");
  }
}
