package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.classification.FloatError.logSigmoid;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;

class FocalLossTest {

  /**
   * Equation 5 and its derivative, with log(1 − p_t) = log σ(−x_t) and soft targets as mixtures.
   */
  private static double[] paper(double alpha, double gamma, double x, double y) {
    double logP = logSigmoid(x);
    double logNotP = logSigmoid(-x);
    double p = Math.exp(logP);
    double notP = Math.exp(logNotP);
    double alphaT = alpha * y + (1 - alpha) * (1 - y);
    double ce = -y * logP - (1 - y) * logNotP;
    boolean hard = y == 0 || y == 1;
    double logQ = hard ? (y == 1 ? logNotP : logP) : Math.log(p * (1 - y) + notP * y);
    double ceSlope = y == 1 ? -notP : y == 0 ? p : p - y;
    double qSlopeOverQ = hard ? (y == 1 ? -p : notP) : p * notP * (1 - 2 * y) / Math.exp(logQ);
    double power = Math.exp(gamma * logQ);
    return new double[] {
      alphaT * power * ce, alphaT * power * (ceSlope + gamma * ce * qSlopeOverQ)
    };
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 1, 1.7, 2, 3, 5})
  void keepsItsDigitsAtEveryLogit(double gamma) {
    FloatError error =
        FloatError.of(new FocalLoss(Alpha.of(0.25), gamma), (x, y) -> paper(0.25, gamma, x, y));
    assertThat(error.value()).isLessThan(8e-7);
    assertThat(error.gradient()).isLessThan(8e-7);
    assertThat(error.belowNormal()).isLessThan(1.2e-38);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1, 2, 4.5})
  void softTargetsAreMixtures(double gamma) {
    Random random = new Random(7);
    int n = 20_000;
    float[] x = new float[n];
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (8 * random.nextGaussian());
      y[i] = i % 2 == 0 ? random.nextFloat() : (float) Math.pow(10, -6 * random.nextDouble());
    }
    FocalLoss loss = new FocalLoss(Alpha.of(0.25), gamma);
    Batch batch = Batch.of(Tensor.of(x, n), Tensor.of(y, n));
    Tensor values = loss.values(batch);
    Evaluation e = loss.evaluate(batch, Reduction.sum());
    for (int i = 0; i < n; i++) {
      double[] exact = paper(0.25, gamma, x[i], y[i]);
      assertThat((double) values.get(i)).isCloseTo(exact[0], within(2e-6 * exact[0]));
      assertThat((double) e.gradient().get(i))
          .as("x %s, y %s", x[i], y[i])
          .isCloseTo(exact[1], within(4e-6 * (Math.abs(exact[1]) + 0.1 * exact[0]) + 1e-9));
    }
  }

  @Test
  void sumsKeepEightDigits() {
    Random random = new Random(3);
    int n = 1 << 20;
    float[] x = new float[n];
    float[] y = new float[n];
    double exact = 0;
    for (int i = 0; i < n; i++) {
      x[i] = (float) (3 * random.nextGaussian());
      y[i] = random.nextInt(20) == 0 ? 1 : 0;
      exact += paper(0.25, 2, x[i], y[i])[0];
    }
    double value =
        FocalLoss.retinaNet().value(Batch.of(Tensor.of(x, n), Tensor.of(y, n)), Reduction.sum());
    assertThat(value).isCloseTo(exact, within(1e-8 * exact));
  }

  @Test
  void withoutFocusItIsBinaryCrossEntropy() {
    Batch batch = batch(200, 4);
    FocalLoss focal = new FocalLoss(Alpha.none(), 0);
    Evaluation a = focal.evaluate(batch, Reduction.mean());
    Evaluation b = new BinaryCrossEntropyLoss().evaluate(batch, Reduction.mean());
    assertThat(a.value()).isEqualTo(b.value());
    assertThat(a.gradient().toArray()).isEqualTo(b.gradient().toArray());
  }

  @Test
  void anEasyExampleCostsAHundredTimesLess() {
    Batch easy = Batch.of(Tensor.of(new float[] {(float) Math.log(9)}, 1), one(1));
    double focal = new FocalLoss(Alpha.none(), 2).value(easy, Reduction.sum());
    double crossEntropy = new BinaryCrossEntropyLoss().value(easy, Reduction.sum());
    assertThat(crossEntropy / focal).isCloseTo(100, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2, 5})
  void theGradientIsThePapers(double gamma) {
    FocalLoss loss = new FocalLoss(Alpha.none(), gamma);
    for (double s : new double[] {-1, 1}) {
      float x = 0.7f;
      double p = Math.exp(logSigmoid(s * x));
      double equation10 = s * Math.pow(1 - p, gamma) * (gamma * p * Math.log(p) + p - 1);
      Batch batch = Batch.of(Tensor.of(new float[] {x}, 1), one(s > 0 ? 1 : 0));
      assertThat((double) loss.evaluate(batch, Reduction.sum()).gradient().get(0))
          .isCloseTo(equation10, within(1e-6));
    }
  }

  @Test
  void eachClassMayHaveItsAlpha() {
    Batch batch = batch(300, 3);
    float[] all = new FocalLoss(Alpha.of(0.1, 0.5, 0.9), 2).values(batch).toArray();
    for (int c = 0; c < 3; c++) {
      float[] same =
          FocalLoss.retinaNet().withAlpha(Alpha.of(0.1 + 0.4 * c)).values(batch).toArray();
      for (int i = c; i < all.length; i += 3) {
        assertThat(all[i]).isEqualTo(same[i]);
      }
    }
  }

  @Test
  void classesOfPositionsHaveTheirAlphaToo() {
    float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Batch batch = Batch.of(Tensor.of(x, 2, 2, 3), Labels.of(new int[] {0, 1, 2, 1, 1, 0}, 2, 3));
    float[] found = new FocalLoss(Alpha.of(0.3, 0.6), 1.5).values(batch).toArray();
    int[] target = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0};
    for (int i = 0; i < x.length; i++) {
      double alpha = i / 3 % 2 == 0 ? 0.3 : 0.6;
      double exact = paper(alpha, 1.5, x[i], target[i])[0];
      assertThat((double) found[i]).isCloseTo(exact, within(2e-6 * exact));
    }
  }

  @Test
  void labelsAreOneHotTargets() {
    int n = 700;
    int c = 5;
    Random random = new Random(5);
    int[] label = random.ints(n, 0, c + 1).toArray();
    float[] dense = new float[n * c];
    for (int i = 0; i < n; i++) {
      if (label[i] < c) {
        dense[i * c + label[i]] = 1;
      }
    }
    Tensor x = Tensor.of(normal(random, n * c), n, c);
    FocalLoss loss = FocalLoss.retinaNet();
    Evaluation fromLabels = loss.evaluate(Batch.of(x, Labels.of(label)), Reduction.sum());
    Evaluation fromDense = loss.evaluate(Batch.of(x, Tensor.of(dense, n, c)), Reduction.sum());
    assertThat(fromLabels.value()).isEqualTo(fromDense.value());
    assertThat(fromLabels.gradient().toArray()).isEqualTo(fromDense.gradient().toArray());
  }

  @Test
  void theInitialBiasMakesEveryProbabilityThePrior() {
    assertThat(FocalLoss.initialBias(0.01)).isCloseTo(-4.59512, within(1e-5));
    for (double prior : new double[] {1e-9, 0.01, 0.5, 0.99}) {
      double p = Math.exp(logSigmoid(FocalLoss.initialBias(prior)));
      assertThat(p).isCloseTo(prior, within(1e-12 * prior));
    }
  }

  @Test
  void namesItselfAsItsParameters() {
    assertThat(FocalLoss.retinaNet()).hasToString("FocalLoss[alpha=0.25, gamma=2.0]");
    assertThat(new FocalLoss(Alpha.none(), 1)).hasToString("FocalLoss[alpha=none, gamma=1.0]");
    assertThat(new FocalLoss(Alpha.of(0.25, 0.5), 2))
        .hasToString("FocalLoss[alpha=[0.25, 0.5], gamma=2.0]");
  }

  @Test
  void readsBackFromJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (Alpha alpha : List.of(Alpha.none(), Alpha.of(0.25), Alpha.of(0.1, 0.9))) {
      FocalLoss loss = new FocalLoss(alpha, 0.5);
      assertThat(json.readValue(json.writeValueAsString(loss), FocalLoss.class)).isEqualTo(loss);
      FocalStarLoss star = new FocalStarLoss(alpha, 2, 1);
      assertThat(json.readValue(json.writeValueAsString(star), FocalStarLoss.class))
          .isEqualTo(star);
    }
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> new FocalLoss(Alpha.none(), Double.NaN))
        .hasMessage("FocalLoss: gamma must be in [0, 1000), was NaN");
    assertThatThrownBy(() -> new FocalLoss(Alpha.none(), -1e-9))
        .hasMessage("FocalLoss: gamma must be in [0, 1000), was -1.0E-9");
    assertThatThrownBy(() -> Alpha.of(0.5, 1.5))
        .hasMessage("Alpha: value must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> FocalLoss.initialBias(1))
        .hasMessage("FocalLoss: prior must be in (0, 1), was 1.0");
    FocalLoss loss = FocalLoss.retinaNet();
    assertThatThrownBy(() -> value(loss, Tensor.zeros(32, 81), Tensor.zeros(32, 80)))
        .hasMessage(loss + ": target has shape [32, 80], prediction has shape [32, 81]");
    for (float bad : new float[] {2, -1e-6f, Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] y = new float[32 * 80];
      y[17 * 80 + 3] = bad;
      assertThatThrownBy(() -> value(loss, Tensor.zeros(32, 80), Tensor.of(y, 32, 80)))
          .hasMessage(loss + ": target[17, 3] = " + bad + " is not in [0, 1]");
    }
    assertThatThrownBy(
            () ->
                loss.value(
                    Batch.of(Tensor.zeros(2, 3), Labels.of(new int[] {3, 4})), Reduction.sum()))
        .hasMessage(loss + ": target[1] = 4 is not in 0 … 3 (the last: no class)");
    assertThatThrownBy(
            () ->
                loss.value(
                    Batch.of(Tensor.zeros(1, 3, 2), Labels.of(new int[] {0, -1}, 1, 2)),
                    Reduction.sum()))
        .hasMessage(loss + ": target[0, 1] = -1 is not in 0 … 3 (the last: no class)");
    assertThatThrownBy(
            () -> loss.value(Batch.of(Tensor.zeros(3), Labels.of(new int[] {0})), Reduction.sum()))
        .hasMessage(
            loss
                + ": prediction of class labels must be of shape [n, c] or [n, c, …], was Tensor[3]");
    FocalLoss two = loss.withAlpha(Alpha.of(0.1, 0.2));
    assertThatThrownBy(() -> value(two, Tensor.zeros(4, 3), Tensor.zeros(4, 3)))
        .hasMessage(two + ": prediction must be of shape [n, 2] or [n, 2, …], was Tensor[4, 3]");
  }

  @Test
  void weightsAreRefusedUnlessFiniteAndNotNegative() {
    FocalLoss loss = FocalLoss.retinaNet();
    for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] w = new float[1200];
      w[1100] = bad;
      Batch batch = Batch.of(Tensor.zeros(1200), Tensor.zeros(1200)).weighted(Tensor.of(w, 1200));
      assertThatThrownBy(() -> loss.value(batch, Reduction.sum()))
          .hasMessage(loss + ": weights[1100] = " + bad + " is not a finite number of 0 or more");
    }
  }

  @Test
  void oneWeightALabelCountsForTheWholeRow() {
    int n = 250;
    int c = 3;
    Random random = new Random(11);
    Batch plain =
        Batch.of(
            Tensor.of(normal(random, n * c), n, c), Labels.of(random.ints(n, 0, c + 1).toArray()));
    float[] perLabel = new float[n];
    float[] perElement = new float[n * c];
    for (int i = 0; i < n * c; i++) {
      perLabel[i / c] = i / c % 4;
      perElement[i] = i / c % 4;
    }
    FocalLoss loss = FocalLoss.retinaNet();
    for (Reduction reduction :
        List.of(Reduction.sum(), Reduction.mean(), Reduction.weightedMean())) {
      assertThat(loss.value(plain.weighted(Tensor.of(perLabel, n)), reduction))
          .isEqualTo(loss.value(plain.weighted(Tensor.of(perElement, n, c)), reduction));
    }
  }

  private static double value(FocalLoss loss, Tensor prediction, Tensor target) {
    return loss.value(Batch.of(prediction, target), Reduction.sum());
  }

  private static Tensor one(float y) {
    return Tensor.of(new float[] {y}, 1);
  }

  private static Batch batch(int n, int c) {
    Random random = new Random(2);
    float[] y = new float[n * c];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextInt(3) / 2f;
    }
    return Batch.of(Tensor.of(normal(random, n * c), n, c), Tensor.of(y, n, c));
  }

  private static float[] normal(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (3 * random.nextGaussian());
    }
    return x;
  }
}
