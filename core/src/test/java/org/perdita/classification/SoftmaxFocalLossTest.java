package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;

class SoftmaxFocalLossTest {

  private static Labels labels(int... classes) {
    return Labels.of(classes);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.7, 2, 5})
  void isTheFormula(double gamma) {
    Loss loss = new SoftmaxFocalLoss(gamma);
    for (int classes : new int[] {2, 10, 100, 1000}) {
      for (double scale : new double[] {1, 5, 20}) {
        double[] labels = SoftmaxReference.errors(loss, gamma, classes, true, scale);
        assertThat(labels[0]).as("value, labels").isLessThan(1.2e-6);
        assertThat(labels[1]).as("gradient, labels").isLessThan(1.2e-6);
        double[] soft = SoftmaxReference.errors(loss, gamma, classes, false, scale);
        assertThat(soft[0]).as("value, distributions").isLessThan(1e-7);
        assertThat(soft[1]).as("gradient, distributions").isLessThan(1e-7);
      }
    }
  }

  @Test
  void atGammaZeroItIsCrossEntropy() {
    Random random = new Random(3);
    for (int c : new int[] {7, 300}) {
      float[] x = new float[20 * c];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (5 * random.nextGaussian());
      }
      Batch batch = Batch.of(Tensor.of(x, 20, c), Labels.of(random.ints(20, 0, c).toArray()));
      Evaluation focal = new SoftmaxFocalLoss(0).evaluate(batch, Reduction.mean());
      Evaluation crossEntropy = new CrossEntropyLoss().evaluate(batch, Reduction.mean());
      assertThat(focal.value()).isEqualTo(crossEntropy.value());
      assertThat(focal.gradient().toArray()).isEqualTo(crossEntropy.gradient().toArray());
    }
  }

  @Test
  void anEasyExampleCostsAHundredTimesLess() {
    Tensor x = Tensor.of(new float[] {(float) Math.log(9), 0}, 1, 2); // p = 0.9
    Batch batch = Batch.of(x, labels(0));
    double crossEntropy = new CrossEntropyLoss().value(batch, Reduction.sum());
    double focal = new SoftmaxFocalLoss(2).value(batch, Reduction.sum());
    assertThat(crossEntropy / focal).isCloseTo(100, within(1e-3));
  }

  /** Where the label is certain q is 0 and a power below 1 has no slope; the loss has one. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.99, 1, 2, 50})
  void everythingIsFiniteForEveryFiniteLogit(double gamma) {
    for (int c : new int[] {2, 3, 200}) {
      for (float far : new float[] {0, 17, 40, 120, 800, 1e4f, 1e30f, Float.MAX_VALUE}) {
        float[] x = new float[4 * c];
        x[0] = far;
        x[c] = -far;
        x[2 * c + 1] = far;
        x[3 * c + 1] = -far;
        float[] y = new float[4 * c];
        for (int i = 0; i < 4; i++) {
          y[i * c] = i % 2 == 0 ? 1 : 0.75f;
          y[i * c + 1] = 1 - y[i * c];
        }
        for (Target target : new Target[] {labels(0, 0, 0, 0), Tensor.of(y, 4, c)}) {
          Tensor g = Tensor.zeros(4, c);
          Tensor h = Tensor.zeros(4, c);
          double value =
              new SoftmaxFocalLoss(gamma)
                  .evaluate(Batch.of(Tensor.of(x, 4, c), target), Reduction.sum(), g, h);
          assertThat(value).isFinite();
          for (int i = 0; i < 4 * c; i++) {
            assertThat(g.get(i)).as("gradient at %s", far).isFinite();
            assertThat(h.get(i)).as("curvature at %s", far).isFinite();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 2, 5})
  void curvatureIsTheSlopeOfTheGradient(double gamma) {
    int c = 6;
    Random random = new Random(11);
    for (int i = 0; i < 50; i++) {
      double[] x = random.doubles(c, -4, 4).map(u -> (float) u).toArray();
      double[] y = new double[c];
      y[i % c] = i < 25 ? 1 : 0.625;
      y[(i + 1) % c] += i < 25 ? 0 : 0.375;
      Tensor h = Tensor.zeros(1, c);
      Batch batch = Batch.of(Tensor.of(floats(x), 1, c), Tensor.of(floats(y), 1, c));
      new SoftmaxFocalLoss(gamma).evaluate(batch, Reduction.sum(), Tensor.zeros(1, c), h);
      for (int k = 0; k < c; k++) {
        double step = 1e-5;
        double slope = (gradient(gamma, x, y, k, step) - gradient(gamma, x, y, k, -step)) / 2e-5;
        assertThat((double) h.get(k)).isCloseTo(slope, within(1e-6));
      }
    }
  }

  private static double gradient(double gamma, double[] x, double[] y, int k, double step) {
    double[] moved = x.clone();
    moved[k] += step;
    double[] gradient = new double[x.length];
    SoftmaxReference.evaluate(gamma, moved, y, gradient);
    return gradient[k];
  }

  private static float[] floats(double[] a) {
    float[] floats = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      floats[i] = (float) a[i];
    }
    return floats;
  }

  @Test
  void aCertainLabelKeepsItsDigits() {
    // (1 − p)^γ (−log p) is (1 − p)^(γ + 1) here, and q^γ (q + γ p q) its slope.
    float[] x = {30.7f, 0, -1};
    double q = (1 + Math.exp(-1)) * Math.exp(-(double) x[0]);
    for (double gamma : new double[] {0.5, 1}) {
      Batch batch = Batch.of(Tensor.of(x, 1, 3), labels(0));
      Evaluation e = new SoftmaxFocalLoss(gamma).evaluate(batch, Reduction.sum());
      assertThat(e.value()).isCloseTo(Math.pow(q, gamma + 1), withinPercentage(2e-4));
      assertThat((double) e.gradient().get(0))
          .isCloseTo(-(1 + gamma) * Math.pow(q, gamma + 1), withinPercentage(2e-4));
    }
  }

  @Test
  void readsBackFromItsJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    SoftmaxFocalLoss loss = new SoftmaxFocalLoss(2).withClassWeights(ClassWeights.of(1, 3));
    assertThat(json.readValue(json.writeValueAsString(loss), SoftmaxFocalLoss.class))
        .isEqualTo(loss);
    assertThat(loss).hasToString("SoftmaxFocalLoss[gamma=2.0, classWeights=[1.0, 3.0]]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 1000, Double.NaN})
  void refusesGammaOutsideItsRange(double gamma) {
    assertThatThrownBy(() -> new SoftmaxFocalLoss(gamma))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SoftmaxFocalLoss: gamma must be in [0, 1000), was " + gamma);
  }
}
