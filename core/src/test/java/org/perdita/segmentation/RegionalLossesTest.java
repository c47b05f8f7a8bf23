package org.perdita.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Formula;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

/** The regional losses against their formulas, their limits, their policies and their refusals. */
class RegionalLossesTest {
  private static final int N = 2;
  private static final int C = 3;
  private static final int D = 20;

  private final Tensor logits = Formula.logits(1, N, C, 4, 5);
  private final Labels labels = Formula.labels(2, C, N, 4, 5);
  private final Batch batch = Batch.of(logits, labels);

  /** I, P and Y of a region, and from them its loss. */
  private interface Region {
    double loss(double both, double predicted, double target);
  }

  private ToDoubleFunction<double[]> mean(Region region) {
    return x -> {
      double[] p = Formula.softmax(x, N, C, D);
      double sum = 0;
      for (int i = 0; i < N; i++) {
        for (int k = 0; k < C; k++) {
          double[] s = sums(p, i, k);
          sum += region.loss(s[0], s[1], s[2]);
        }
      }
      return sum / (N * C);
    };
  }

  private double[] sums(double[] p, int i, int k) {
    double[] sums = new double[3];
    for (int q = 0; q < D; q++) {
      double y = labels.get(i * D + q) == k ? 1 : 0;
      double own = p[(i * C + k) * D + q];
      sums[0] += own * y;
      sums[1] += own;
      sums[2] += y;
    }
    return sums;
  }

  @Test
  void diceIsItsFormula() {
    Formula.holds(
        DiceLoss.softmax(), batch, mean((i, p, y) -> 1 - (2 * i + 1e-5) / (p + y + 1e-5)));
    Formula.holds(
        DiceLoss.softmax().withForm(DiceLoss.Form.JACCARD).withSmooth(Smooth.of(0)),
        batch,
        mean((i, p, y) -> 1 - i / (p + y - i)));
  }

  @Test
  void tverskyIsItsFormula() {
    Region tversky =
        (i, p, y) -> Math.pow(1 - (i + 1e-5) / (i + 0.3 * (p - i) + 0.7 * (y - i) + 1e-5), 1.33);
    Formula.holds(TverskyLoss.softmax(0.3, 0.7).withGamma(1.33), batch, mean(tversky));
  }

  @Test
  void generalisedDiceIsItsFormula() {
    Formula.holds(
        GeneralizedDiceLoss.softmax(),
        batch,
        x -> {
          double[] p = Formula.softmax(x, N, C, D);
          double sum = 0;
          for (int i = 0; i < N; i++) {
            double over = 1e-5;
            double under = 1e-5;
            for (int k = 0; k < C; k++) {
              double[] s = sums(p, i, k);
              over += 2 * s[0] / (s[2] * s[2]);
              under += (s[1] + s[2]) / (s[2] * s[2]);
            }
            sum += 1 - over / under;
          }
          return sum / N;
        });
  }

  @Test
  void tverskyOfHalvesIsDice() {
    Loss dice = DiceLoss.softmax().withSmooth(Smooth.of(2));
    Loss tversky = TverskyLoss.softmax(0.5, 0.5).withSmooth(Smooth.of(1));
    Evaluation a = dice.evaluate(batch, Reduction.mean());
    Evaluation b = tversky.evaluate(batch, Reduction.mean());
    assertThat(b.value()).isCloseTo(a.value(), within(1e-12));
    for (int i = 0; i < a.gradient().size(); i++) {
      assertThat(b.gradient().get(i)).isCloseTo(a.gradient().get(i), within(1e-8f));
    }
  }

  @Test
  void theEmptyClassPoliciesAreWhatTheySay() {
    Tensor little = Tensor.of(new float[] {0.01f, 0.01f, 0.01f, 0.01f}, 1, 1, 4);
    Batch empty = Batch.of(little, Tensor.zeros(1, 1, 4));
    DiceLoss loss = DiceLoss.ofProbabilities();
    Evaluation formula = loss.evaluate(empty, Reduction.mean());
    assertThat(formula.value()).isCloseTo(1 - 1e-5 / 0.04001, within(1e-6));
    assertThat(formula.gradient().get(0)).isPositive();
    Evaluation nothing = loss.withEmpty(EmptyClass.COSTS_NOTHING).evaluate(empty, Reduction.mean());
    assertThat(nothing.value()).isZero();
    assertThat(nothing.gradient().get(0)).isZero();
  }

  @Test
  void aClassLeftOutDoesNotCountInTheMean() {
    Tensor p = Tensor.of(new float[] {0.5f, 0.5f, 0.1f, 0.1f}, 1, 2, 2);
    Batch half = Batch.of(p, Tensor.of(new float[] {1, 1, 0, 0}, 1, 2, 2));
    DiceLoss loss = DiceLoss.ofProbabilities().withSmooth(Smooth.of(0));
    double present = 1 - 2 * 1.0 / (1 + 2);
    assertThat(loss.withEmpty(EmptyClass.LEFT_OUT).value(half, Reduction.mean()))
        .isCloseTo(present, within(1e-7));
    assertThat(loss.withEmpty(EmptyClass.COSTS_NOTHING).value(half, Reduction.mean()))
        .isCloseTo(present / 2, within(1e-7));
  }

  @Test
  void backgroundsLogitStillMattersWhenItIsNotLookedAt() {
    DiceLoss foreground = DiceLoss.softmax().withClasses(ClassSelection.withoutBackground(C));
    float[] raised = logits.toArray();
    for (int q = 0; q < D; q++) {
      raised[q] += 50;
    }
    Batch other = Batch.of(Tensor.of(raised, logits.shape()), labels);
    assertThat(foreground.values(batch).shape()).containsExactly(N, C - 1, 1, 1);
    assertThat(foreground.value(other, Reduction.mean()))
        .isGreaterThan(foreground.value(batch, Reduction.mean()) + 0.1);
    assertThat(foreground.evaluate(batch, Reduction.mean()).gradient().get(0)).isNotZero();
  }

  @Test
  void ignoredPositionsAreNeverRead() {
    float[] weights = new float[N * D];
    java.util.Arrays.fill(weights, 1);
    weights[3] = 0;
    weights[D] = 0;
    float[] x = logits.toArray();
    int[] y = new int[N * D];
    labels.buffer().get(0, y);
    float[] poisoned = x.clone();
    int[] wrong = y.clone();
    for (int k = 0; k < C; k++) {
      poisoned[k * D + 3] = Float.NaN;
      poisoned[(C + k) * D] = Float.NaN;
    }
    wrong[3] = -1;
    wrong[D] = 99;
    Tensor w = Tensor.of(weights, N, 4, 5);
    for (Loss loss :
        new Loss[] {DiceLoss.softmax(), GeneralizedDiceLoss.softmax(), TverskyLoss.softmax(1, 2)}) {
      Evaluation clean = loss.evaluate(Batch.of(logits, labels).weighted(w), Reduction.mean());
      Evaluation found =
          loss.evaluate(
              Batch.of(Tensor.of(poisoned, N, C, 4, 5), Labels.of(wrong, N, 4, 5)).weighted(w),
              Reduction.mean());
      assertThat(found.value()).isEqualTo(clean.value());
      assertThat(found.gradient().toArray()).isEqualTo(clean.gradient().toArray());
      assertThat(found.gradient().get(3)).isZero();
    }
  }

  @Test
  void pooledSamplesAreOneRegion() {
    Loss pooled = DiceLoss.softmax().withPooling(Pooling.BATCH);
    assertThat(pooled.values(batch).shape()).containsExactly(1, C, 1, 1);
    Formula.holds(
        pooled,
        batch,
        x -> {
          double[] p = Formula.softmax(x, N, C, D);
          double sum = 0;
          for (int k = 0; k < C; k++) {
            double[] a = sums(p, 0, k);
            double[] b = sums(p, 1, k);
            sum += 1 - (2 * (a[0] + b[0]) + 1e-5) / (a[1] + b[1] + a[2] + b[2] + 1e-5);
          }
          return sum / C;
        });
  }

  @Test
  void aNearlyPerfectMaskKeepsTheDigitsOfItsGradient() {
    Tensor sure = Tensor.of(new float[] {0, 30, 30, 0}, 1, 2, 2);
    Labels right = Labels.of(new int[] {1, 0}, 1, 2);
    float[] g =
        DiceLoss.softmax().evaluate(Batch.of(sure, right), Reduction.sum()).gradient().toArray();
    double q = Math.exp(-30);
    double slope = 1 / (2.0 + 1e-5); // of either class's loss by its probability
    assertThat((double) g[1]).isCloseTo(-2 * q * slope, within(1e-5 * q));
  }

  @Test
  void refusalsSayWhoWhatAndWhy() {
    assertThatThrownBy(
            () ->
                DiceLoss.softmax()
                    .value(Batch.of(logits, Formula.labels(3, 4, N, 4, 5)), Reduction.mean()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a class in 0 … 2");
    Tensor outside = Tensor.of(new float[] {0.5f, 1.5f}, 1, 1, 2);
    assertThatThrownBy(
            () ->
                DiceLoss.ofProbabilities()
                    .value(Batch.of(outside, Tensor.zeros(1, 1, 2)), Reduction.mean()))
        .hasMessageEndingWith("prediction[0, 0, 1] = 1.5 is not a probability");
    assertThatThrownBy(
            () ->
                DiceLoss.sigmoid()
                    .value(Batch.of(Tensor.zeros(1, 1, 2), outside), Reduction.mean()))
        .hasMessageEndingWith("target[0, 0, 1] = 1.5 is not in [0, 1]");
    assertThatThrownBy(
            () ->
                DiceLoss.softmax()
                    .value(
                        Batch.of(Tensor.zeros(1, 1, 2), Tensor.zeros(1, 1, 2)), Reduction.mean()))
        .hasMessageContaining("number of classes under softmax must be at least 2, was 1");
    assertThatThrownBy(() -> TverskyLoss.softmax(0.5, Double.NaN))
        .hasMessage("TverskyLoss: beta must be finite, 0 or more, was NaN");
    assertThatThrownBy(
            () ->
                new DiceLoss(
                        Activation.SOFTMAX,
                        ClassSelection.of(3),
                        Pooling.SAMPLE,
                        DiceLoss.Form.DICE,
                        Smooth.of(0),
                        EmptyClass.AS_FORMULA)
                    .value(batch, Reduction.mean()))
        .hasMessageEndingWith("selected class must be one of 0 … 2, was 3");
  }

  @Test
  void schedulesMoveAsPublished() {
    WeightSchedule rebalance = WeightSchedule.rebalance();
    assertThat(rebalance.at(0)).isEqualTo(new WeightSchedule.Weights(1, 0));
    assertThat(rebalance.at(50).regional()).isCloseTo(0.5, within(1e-12));
    assertThat(rebalance.at(500)).isEqualTo(new WeightSchedule.Weights(0.01, 0.99));
    assertThat(WeightSchedule.increase(0.01).at(9).boundary()).isCloseTo(0.1, within(1e-12));
    assertThat(WeightSchedule.constant(0.5).at(7)).isEqualTo(new WeightSchedule.Weights(1, 0.5));
    assertThat(new WeightSchedule.PublishedCode().at(95).regional()).isEqualTo(0.1);
  }
}
