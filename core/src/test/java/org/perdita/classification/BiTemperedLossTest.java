package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

class BiTemperedLossTest {

  /** The paper's formula in double, its normaliser by sixty bisections. */
  private record Formula(double t1, double t2) {
    double[] probabilities(double[] x) {
      double max = Arrays.stream(x).max().orElseThrow();
      double low = 0;
      double high = -Tempered.log(t2, 1.0 / x.length);
      for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        double sum = Arrays.stream(x).map(v -> Tempered.exp(t2, v - max - middle)).sum();
        low = sum >= 1 ? middle : low;
        high = sum >= 1 ? high : middle;
      }
      double lambda = max + (low + high) / 2;
      return Arrays.stream(x).map(v -> Tempered.exp(t2, v - lambda)).toArray();
    }

    double value(double[] p, double[] y) {
      double value = 0;
      for (int k = 0; k < p.length; k++) {
        value += y[k] == 0 ? 0 : y[k] * (Tempered.log(t1, y[k]) - Tempered.log(t1, p[k]));
        value -= (Math.pow(y[k], 2 - t1) - Math.pow(p[k], 2 - t1)) / (2 - t1);
      }
      return value;
    }

    double[] gradient(double[] p, double[] y) {
      double[] g = new double[p.length];
      double deltas = 0;
      double escorts = 0;
      for (int k = 0; k < p.length; k++) {
        g[k] = p[k] == 0 ? 0 : (p[k] - y[k]) * Math.pow(p[k], t2 - t1);
        deltas += g[k];
        escorts += Math.pow(p[k], t2);
      }
      for (int k = 0; k < p.length; k++) {
        g[k] -= Math.pow(p[k], t2) / escorts * deltas;
      }
      return g;
    }
  }

  /** Half of these temperatures make powers products, near 1 they are neither. */
  @ParameterizedTest
  @CsvSource({
    "0.8, 1.2", "0.5, 1.5", "0.5, 2", "0, 1.25", "0.5, 4", "0.2, 10", "0.9, 10", "0.7, 1.37",
    "1, 1.2", "1, 4", "0.999, 1.001", "0.9999, 1", "0.5, 1", "0, 1", "1, 1", "0.9, 0.99",
    "0.3, 0.5", "0.5, 0.8", "0.2, 0.9", "0, 0.3", "0.999, 1.0001", "0, 30"
  })
  void kernelIsTheFormula(double t1, double t2) {
    BiTemperedLoss loss = BiTemperedLoss.of(t1, t2);
    for (int classes : new int[] {2, 5, 70, 1000}) {
      for (double spread : new double[] {1, 5, 20}) {
        Random random = new Random(classes);
        int n = classes > 100 ? 2 : 20;
        Tensor x = normal(random, spread, n, classes);
        int[] labels = random.ints(n, 0, classes).toArray();
        isTheFormula(loss, Batch.of(x, Labels.of(labels)));
        isTheFormula(loss, Batch.of(x, soft(random, n, classes)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.9, 0.99, 1, 1.01, 1.1, 1.2, 1.5, 2, 4, 10})
  void kernelIsTheFormulaForAHundredThousandClasses(double t2) {
    Tensor x = normal(new Random(1), 20, 1, 100_000);
    isTheFormula(BiTemperedLoss.of(0.2, t2), Batch.of(x, Labels.of(new int[] {12_345})));
  }

  /** |Σ p − 1| < 1e-6, in the float of the kernel's own probabilities. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.9, 0.99, 1, 1.01, 1.1, 1.2, 1.5, 2, 4, 10})
  void predictedProbabilitiesSumToOne(double t2) {
    for (int classes : new int[] {2, 10, 1000, 100_000}) {
      Tensor p = BiTemperedLoss.of(0.2, t2).predict(normal(new Random(2), 20, 1, classes));
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += p.get(k);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  private static void isTheFormula(BiTemperedLoss loss, Batch batch) {
    Formula formula = new Formula(loss.t1(), loss.t2());
    Tensor x = batch.prediction();
    int n = x.length(0);
    int classes = x.length(1);
    double[] values = new double[n];
    double[] gradients = new double[n * classes];
    double[] rounding = new double[n * classes];
    for (int i = 0; i < n; i++) {
      double[] row = new double[classes];
      double[] rounded = new double[classes];
      double[] y = new double[classes];
      for (int k = 0; k < classes; k++) {
        row[k] = x.get(i * classes + k);
        rounded[k] = row[k] * (1 + 0x1p-23);
        y[k] =
            batch.target() instanceof Labels l
                ? (l.get(i) == k ? 1 : 0)
                : ((Tensor) batch.target()).get(i * classes + k);
      }
      double[] p = formula.probabilities(row);
      values[i] = formula.value(p, y);
      System.arraycopy(formula.gradient(p, y), 0, gradients, i * classes, classes);
      double[] moved = formula.gradient(formula.probabilities(rounded), y);
      for (int k = 0; k < classes && loss.t2() < 1; k++) {
        rounding[i * classes + k] = Math.abs(moved[k] - gradients[i * classes + k]);
      }
    }
    String what = loss + " of " + x;
    isClose(what + " value", loss.values(batch), values, new double[n]);
    Tensor gradient = loss.evaluate(batch, Reduction.sum()).gradient();
    isClose(what + " gradient", gradient, gradients, rounding);
  }

  /**
   * @param rounding what each number changes by when the logits change by a float's last digit:
   *     below t2 = 1, at the edge of the support, that is more than the tolerance
   */
  private static void isClose(String what, Tensor ours, double[] expected, double[] rounding) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      // What double loses of 1 where p tends to 1 is no more than the last term.
      double tolerance = 4e-6 * Math.abs(expected[i]) + 1e-6 * largest + rounding[i] + 1e-15;
      assertThat((double) ours.get(i))
          .as("%s %d", what, i)
          .isCloseTo(expected[i], within(tolerance));
    }
  }

  /** The double kernel sums 1 − p as the float one does; the formula above cannot. */
  @ParameterizedTest
  @CsvSource({"0.8, 1.2, 1e4", "0.5, 2, 1e9", "0.7, 1.37, 1e4", "0.5, 1, 30", "1, 1.2, 1e4"})
  void aNearlyCertainLabelKeepsItsDigits(double t1, double t2, float ahead) {
    Tensor x = Tensor.of(new float[] {ahead, 0, -1}, 1, 3);
    double[] g = new double[3];
    double[] y = {1, 0, 0};
    TemperedUnitKernel exact = new TemperedUnitKernel(t1, t2, Normalization.solved());
    double value = exact.unit(new double[] {ahead, 0, -1}, y, g, 3);
    assertThat(value).isBetween(1e-36, 1e-7);
    for (Batch batch :
        new Batch[] {
          Batch.of(x, Labels.of(new int[] {0})), Batch.of(x, Tensor.of(new float[] {1, 0, 0}, 1, 3))
        }) {
      Evaluation e = BiTemperedLoss.of(t1, t2).evaluate(batch, Reduction.sum());
      assertThat(e.value() / value).isCloseTo(1, within(4e-6));
      for (int k = 1; k < 3; k++) {
        assertThat(e.gradient().get(k) / g[k]).isCloseTo(1, within(4e-6));
      }
      assertThat(e.gradient().get(0) / -(g[1] + g[2])).isCloseTo(1, within(4e-6));
    }
  }

  @Test
  void aWrongLabelCostsNoMoreThanTheBound() {
    Tensor x = Tensor.of(new float[] {1e9f, 0}, 1, 2);
    Batch wrong = Batch.of(x, Labels.of(new int[] {1}));
    // 1 / (a (1 + a)) for the label and 1 / (1 + a) for the class that was predicted.
    assertThat(BiTemperedLoss.of(0.8, 1.2).value(wrong, Reduction.sum()))
        .isCloseTo(5, within(1e-5));
    assertThat(BiTemperedLoss.of(0.5, 4).value(wrong, Reduction.sum())).isLessThan(2);
    assertThat(new CrossEntropyLoss().value(wrong, Reduction.sum())).isEqualTo(1e9);
  }

  @Test
  void bothTemperaturesAtOneAreCrossEntropy() {
    Random random = new Random(3);
    Batch batch = Batch.of(normal(random, 5, 9, 7), Labels.of(random.ints(9, 0, 7).toArray()));
    Evaluation ours = BiTemperedLoss.of(1, 1).evaluate(batch, Reduction.mean());
    Evaluation theirs = new CrossEntropyLoss().evaluate(batch, Reduction.mean());
    assertThat(ours.value()).isEqualTo(theirs.value());
    assertThat(ours.gradient().toArray()).isEqualTo(theirs.gradient().toArray());
  }

  @Test
  void softTargetsAtOneAreTheDivergenceFromThem() {
    Batch batch =
        Batch.of(Tensor.of(new float[] {1, 0}, 1, 2), Tensor.of(new float[] {0.25f, 0.75f}, 1, 2));
    double entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
    assertThat(BiTemperedLoss.of(1, 1).value(batch, Reduction.sum()))
        .isCloseTo(new CrossEntropyLoss().value(batch, Reduction.sum()) - entropy, within(1e-6));
  }

  @Test
  void t1AtOneIsMinusLogP() {
    Tensor x = normal(new Random(4), 3, 6, 5);
    BiTemperedLoss loss = BiTemperedLoss.of(1, 1.3);
    Tensor values = loss.values(Batch.of(x, Labels.of(new int[] {0, 1, 2, 3, 4, 0})));
    Tensor p = loss.predict(x);
    for (int i = 0; i < 6; i++) {
      assertThat((double) values.get(i)).isCloseTo(-Math.log(p.get(i * 5 + i % 5)), within(2e-6));
    }
  }

  @Test
  void t2AtOneIsGeneralizedCrossEntropyAndItsCorrection() {
    double q = 0.7;
    Tensor x = normal(new Random(5), 3, 4, 5);
    Batch batch = Batch.of(x, Labels.of(new int[] {0, 1, 2, 3}));
    Tensor ours = BiTemperedLoss.of(1 - q, 1).values(batch);
    Tensor plain = new GeneralizedCrossEntropyLoss(q).values(batch);
    Tensor p = new TemperedSoftmax(1).of(x);
    for (int i = 0; i < 4; i++) {
      double powers = 0;
      for (int k = 0; k < 5; k++) {
        powers += Math.pow(p.get(i * 5 + k), 1 + q);
      }
      assertThat((double) ours.get(i))
          .isCloseTo(plain.get(i) - (1 - powers) / (1 + q), within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1.0000000001",
    "0.5, 0.9999999999",
    "0.5, 1.000001",
    "0.5, 0.999999",
    "0, 1000",
    "1, 1000",
    "0, 0.01",
    "1, 1.2",
    "1, 0.5",
    "0.9, 0.5",
    "-2, 1.5",
    "0.5, 1e300"
  })
  void farLogitsStayFinite(double t1, double t2) {
    for (float far : new float[] {100, 1e10f, 1e30f, Float.MAX_VALUE}) {
      Tensor x = Tensor.of(new float[] {far, -far, 0, -far, 0, 1, 1, 1, 1}, 3, 3);
      Loss loss = BiTemperedLoss.of(t1, t2);
      Evaluation e = loss.evaluate(Batch.of(x, Labels.of(new int[] {1, 0, 2})), Reduction.mean());
      assertThat(e.value()).isFinite().isNotNegative();
      for (float g : e.gradient().toArray()) {
        assertThat(g).isFinite();
      }
    }
  }

  @Test
  void equalLogitsAndOneClass() {
    Batch equal = Batch.of(Tensor.zeros(1, 4), Labels.of(new int[] {2}));
    Evaluation e = BiTemperedLoss.of(0, 2).evaluate(equal, Reduction.sum());
    // p = 1/4: 1 − p − (1 − 4 p²) / 2.
    assertThat(e.value()).isCloseTo(0.75 - 0.375, within(1e-7));
    Batch one = Batch.of(Tensor.zeros(2, 1), Labels.of(new int[] {0, 0}));
    assertThat(BiTemperedLoss.of(0.8, 1.2).value(one, Reduction.sum())).isZero();
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> BiTemperedLoss.of(1.5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BiTemperedLoss: t1 must be a finite number of at most 1, was 1.5");
    assertThatThrownBy(() -> BiTemperedLoss.of(Double.NaN, 2))
        .hasMessage("BiTemperedLoss: t1 must be a finite number of at most 1, was NaN");
    assertThatThrownBy(() -> BiTemperedLoss.of(0.5, 0))
        .hasMessage("BiTemperedLoss: t2 must be a finite number above 0, was 0.0");
    assertThatThrownBy(() -> BiTemperedLoss.of(0.5, 2).withIterations(0))
        .hasMessage("Normalization: iterations must be 1 or more, was 0");
  }

  private static Tensor normal(Random random, double spread, int... shape) {
    float[] x = new float[shape[0] * shape[1]];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (spread * random.nextGaussian());
    }
    return Tensor.of(x, shape);
  }

  private static Tensor soft(Random random, int n, int classes) {
    float[] y = new float[n * classes];
    for (int i = 0; i < n; i++) {
      double[] row = random.doubles(classes).map(u -> u < 0.2 ? 0 : -Math.log(u)).toArray();
      row[random.nextInt(classes)] += 0.5;
      double sum = Arrays.stream(row).sum();
      for (int k = 0; k < classes; k++) {
        y[i * classes + k] = (float) (row[k] / sum);
      }
    }
    return Tensor.of(y, n, classes);
  }
}
