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
import org.perdita.Tensor;

class CrossEntropyLossTest {
  private static final ClassWeights WEIGHTS = ClassWeights.of(1, 2, 0.5);

  /** Logits whose softmax is (0.2, 0.3, 0.5) and (0.6, 0.3, 0.1). */
  private static final Tensor KNOWN =
      Tensor.of(new float[] {log(0.2), log(0.3), log(0.5), log(0.6), log(0.3), log(0.1)}, 2, 3);

  private static final Labels LABELS = Labels.of(new int[] {2, 0});

  private static float log(double p) {
    return (float) Math.log(p);
  }

  private static Labels labels(int... classes) {
    return Labels.of(classes);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 90, 100, 1000})
  void isTheFormula(int classes) {
    Loss loss = new CrossEntropyLoss();
    for (double scale : new double[] {1, 5, 20}) {
      double[] labels = SoftmaxReference.errors(loss, 0, classes, true, scale);
      assertThat(labels[0]).as("value, labels").isLessThan(3e-7);
      assertThat(labels[1]).as("gradient, labels").isLessThan(5e-7);
      double[] soft = SoftmaxReference.errors(loss, 0, classes, false, scale);
      assertThat(soft[0]).as("value, distributions").isLessThan(4e-6);
      assertThat(soft[1]).as("gradient, distributions").isLessThan(3e-7);
    }
  }

  /** 1 − p = 1e-30, where 1 − p in float is 0. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 60, 300, 1500})
  void keepsItsDigitsWhereTheLabelIsCertain(int classes) {
    Random random = new Random(classes);
    float[] x = new float[classes];
    double rest = 0;
    x[1] = 69.137f;
    for (int k = 0; k < classes; k++) {
      if (k != 1) {
        x[k] = random.nextFloat() - (float) Math.log(classes);
        rest += Math.exp((double) x[k] - x[1]);
      }
    }
    float[] y = new float[classes];
    y[1] = 1;
    Tensor logits = Tensor.of(x, 1, classes);
    Loss loss = new CrossEntropyLoss();
    Evaluation label = loss.evaluate(Batch.of(logits, labels(1)), Reduction.sum());
    assertThat(rest).isBetween(1e-31, 1e-29);
    assertThat(label.value()).isCloseTo(Math.log1p(rest), withinPercentage(2e-4));
    double gradient = -rest / (1 + rest);
    assertThat((double) label.gradient().get(1)).isCloseTo(gradient, withinPercentage(2e-4));
    Batch soft = Batch.of(logits, Tensor.of(y, 1, classes));
    Evaluation distribution = loss.evaluate(soft, Reduction.sum());
    assertThat(distribution.value()).isCloseTo(Math.log1p(rest), withinPercentage(4e-4));
    assertThat((double) distribution.gradient().get(1)).isCloseTo(gradient, withinPercentage(4e-4));
  }

  @Test
  void weightedMeanOfLabelsIsTorchsMean() {
    Loss loss = new CrossEntropyLoss().withClassWeights(WEIGHTS);
    double sum = -0.5 * Math.log(0.5) - Math.log(0.6);
    Batch batch = Batch.of(KNOWN, LABELS);
    assertThat(loss.value(batch, Reduction.weightedMean())).isCloseTo(sum / 1.5, within(1e-6));
    assertThat(loss.value(batch, Reduction.mean())).isCloseTo(sum / 2, within(1e-6));
    Tensor gradient = loss.evaluate(batch, Reduction.weightedMean()).gradient();
    assertThat((double) gradient.get(2)).isCloseTo(-0.5 * 0.5 / 1.5, within(1e-6));
    assertThat((double) gradient.get(4)).isCloseTo(0.3 / 1.5, within(1e-6));
  }

  @Test
  void unitWeightsMultiplyClassWeights() {
    Loss loss = new CrossEntropyLoss().withClassWeights(WEIGHTS);
    Batch batch = Batch.of(KNOWN, LABELS).weighted(Tensor.of(new float[] {3, 2}, 2));
    double sum = -1.5 * Math.log(0.5) - 2 * Math.log(0.6);
    assertThat(loss.value(batch, Reduction.weightedMean())).isCloseTo(sum / 3.5, within(1e-6));
  }

  /** torch: Σ_k c_k ỹ_k (−log p_k) over c_label, ỹ = 0.7 y + 0.1 for ε = 0.3 and three classes. */
  @Test
  void smoothedLabelsAreWeightedTermByTermAsInTorch() {
    Loss loss = new CrossEntropyLoss(WEIGHTS, Smoothing.uniform(0.3));
    double first = -0.1 * Math.log(0.2) - 2 * 0.1 * Math.log(0.3) - 0.5 * 0.8 * Math.log(0.5);
    double second = -0.8 * Math.log(0.6) - 2 * 0.1 * Math.log(0.3) - 0.5 * 0.1 * Math.log(0.1);
    Batch batch = Batch.of(KNOWN, LABELS);
    assertThat(loss.value(batch, Reduction.weightedMean()))
        .isCloseTo((first + second) / 1.5, within(1e-6));
    assertThat((double) loss.values(batch).get(1)).isCloseTo(second, within(1e-6));
  }

  @Test
  void distributionsAreWeightedTermByTermAsInTorch() {
    Loss loss = new CrossEntropyLoss().withClassWeights(WEIGHTS);
    Tensor y = Tensor.of(new float[] {0.5f, 0.25f, 0.25f, 0, 1, 0}, 2, 3);
    double first = -0.5 * Math.log(0.2) - 2 * 0.25 * Math.log(0.3) - 0.5 * 0.25 * Math.log(0.5);
    double second = -2 * Math.log(0.3);
    Batch batch = Batch.of(KNOWN, y);
    assertThat(loss.value(batch, Reduction.sum())).isCloseTo(first + second, within(1e-6));
    assertThat(loss.value(batch, Reduction.weightedMean()))
        .isCloseTo((first + second) / (1.125 + 2), within(1e-6));
    Tensor gradient = loss.evaluate(batch, Reduction.sum()).gradient();
    // p Σ c y − c y
    assertThat((double) gradient.get(0)).isCloseTo(0.2 * 1.125 - 0.5, within(1e-6));
  }

  @Test
  void smoothingConventionsDifferOnTheLabel() {
    Batch batch = Batch.of(KNOWN, LABELS);
    double uniform = -0.1 * Math.log(0.2) - 0.1 * Math.log(0.3) - 0.8 * Math.log(0.5);
    double offClass = -0.15 * Math.log(0.2) - 0.15 * Math.log(0.3) - 0.7 * Math.log(0.5);
    Loss plain = new CrossEntropyLoss();
    assertThat((double) plain.values(batch).get(0)).isCloseTo(-Math.log(0.5), within(1e-6));
    assertThat((double) smoothed(Smoothing.uniform(0.3), batch)).isCloseTo(uniform, within(1e-6));
    assertThat((double) smoothed(Smoothing.offClass(0.3), batch)).isCloseTo(offClass, within(1e-6));
  }

  private static float smoothed(Smoothing smoothing, Batch batch) {
    return new CrossEntropyLoss().withSmoothing(smoothing).values(batch).get(0);
  }

  @Test
  void aClassOfWeightZeroIsIgnored() {
    Loss loss = new CrossEntropyLoss().withClassWeights(ClassWeights.of(1, 1, 0));
    float[] x = KNOWN.toArray();
    x[0] = Float.NaN;
    Evaluation e = loss.evaluate(Batch.of(Tensor.of(x, 2, 3), LABELS), Reduction.mean());
    assertThat(e.value()).isCloseTo(-Math.log(0.6), within(1e-6));
    assertThat(e.gradient().get(0)).isZero();
    Batch none = Batch.of(KNOWN, labels(2, 2));
    assertThat(loss.value(none, Reduction.weightedMean())).isZero();
  }

  @Test
  void positionsAreRows() {
    Random random = new Random(7);
    int n = 3;
    int c = 5;
    for (int d : new int[] {2, 7, 700}) {
      float[] positions = new float[n * c * d];
      float[] rows = new float[n * c * d];
      for (int i = 0; i < n * d; i++) {
        for (int k = 0; k < c; k++) {
          rows[i * c + k] = (float) random.nextGaussian();
          positions[i / d * c * d + k * d + i % d] = rows[i * c + k];
        }
      }
      int[] label = random.ints((long) n * d, 0, c).toArray();
      Loss loss = new CrossEntropyLoss();
      Tensor expected = loss.values(Batch.of(Tensor.of(rows, n * d, c), Labels.of(label)));
      Tensor found = loss.values(Batch.of(Tensor.of(positions, n, c, d), Labels.of(label, n, d)));
      assertThat(found.toArray()).isEqualTo(expected.toArray());
    }
  }

  @Test
  void oneClassIsCertain() {
    Batch batch = Batch.of(Tensor.of(new float[] {3, -Float.MAX_VALUE}, 2, 1), labels(0, 0));
    Evaluation e = new CrossEntropyLoss().evaluate(batch, Reduction.sum());
    assertThat(e.value()).isZero();
    assertThat(e.gradient().get(0)).isZero();
    assertThat(e.gradient().get(1)).isZero();
  }

  @Test
  void readsBackFromItsJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    CrossEntropyLoss loss = new CrossEntropyLoss(WEIGHTS, Smoothing.offClass(0.1));
    assertThat(json.readValue(json.writeValueAsString(loss), CrossEntropyLoss.class))
        .isEqualTo(loss);
    assertThat(loss)
        .hasToString("CrossEntropyLoss[classWeights=[1.0, 2.0, 0.5], smoothing=offClass(0.1)]");
  }

  @Test
  void refusesWhatDoesNotFit() {
    refuses(
        Batch.of(Tensor.of(new float[3], 3), labels(0)),
        "prediction must be of shape [n, c] or [n, c, d1, …] with at least one class, was"
            + " Tensor[3]");
    refuses(
        Batch.of(KNOWN, labels(0, 1, 2)),
        "target has shape [3], one label a unit of the prediction Tensor[2, 3] has shape [2]");
    refuses(
        Batch.of(KNOWN, Tensor.zeros(2, 4)),
        "target has shape [2, 4], prediction has shape [2, 3]");
    refuses(Batch.of(KNOWN, labels(0, 3)), "target[1] = 3 is not a class in 0 … 2");
    refuses(Batch.of(KNOWN, labels(-1, 0)), "target[0] = -1 is not a class in 0 … 2");
    refuses(
        Batch.of(KNOWN, LABELS).weighted(Tensor.of(new float[] {1, 1, 1}, 3)),
        "weights have shape [3], the units have shape [2]");
    refuses(
        Batch.of(KNOWN, LABELS).weighted(Tensor.of(new float[] {1, Float.NaN}, 2)),
        "weights[1] = NaN is not a finite number of 0 or more");
  }

  @Test
  void refusesWhatIsNoDistribution() {
    for (int c : new int[] {3, 600}) {
      float[] y = new float[2 * c];
      y[0] = 1;
      y[c] = 0.25f;
      y[c + 1] = 0.25f;
      Tensor x = Tensor.zeros(2, c);
      refuses(Batch.of(x, Tensor.of(y, 2, c)), "target[1] sums to 0.5, a distribution sums to 1");
      y[c + 2] = Float.NaN;
      refuses(Batch.of(x, Tensor.of(y, 2, c)), "target[1] class 2 = NaN is not a probability");
      y[c + 2] = 0.6f;
      y[c + 1] = -0.5f;
      refuses(Batch.of(x, Tensor.of(y, 2, c)), "target[1] class 1 = -0.5 is not a probability");
      y[c + 1] = Float.POSITIVE_INFINITY;
      refuses(
          Batch.of(x, Tensor.of(y, 2, c)), "target[1] sums to Infinity, a distribution sums to 1");
    }
  }

  private static void refuses(Batch batch, String sentence) {
    assertThatThrownBy(() -> new CrossEntropyLoss().evaluate(batch, Reduction.mean()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("CrossEntropyLoss[classWeights=none, smoothing=none]: " + sentence);
  }

  @Test
  void refusesClassWeightsOfAnotherCount() {
    Loss loss = new CrossEntropyLoss().withClassWeights(ClassWeights.of(1, 2));
    assertThatThrownBy(() -> loss.value(Batch.of(KNOWN, LABELS), Reduction.mean()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CrossEntropyLoss[classWeights=[1.0, 2.0], smoothing=none]: 2 class weights for a"
                + " prediction of 3 classes");
  }
}
