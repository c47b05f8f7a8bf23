package org.perdita.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;

class IouBalancedClassificationLossTest {
  private static final int N = 40;
  private static final int C = 5;

  private final Random random = new Random(5);
  private final Tensor logits = normal(N * C);
  private final Labels labels = Labels.of(random.ints(N, 0, C + 1).toArray());
  private final Tensor iou = uniform(N);

  /** Equations 1 to 3, given the loss and the overlap of each positive. */
  private static double[] transcribedWeights(double eta, double[] loss, double[] iou) {
    double sum = 0;
    double powered = 0;
    for (int i = 0; i < loss.length; i++) {
      sum += loss[i];
      powered += Math.pow(iou[i], eta) * loss[i];
    }
    double normalizer = sum / powered;
    return Arrays.stream(iou).map(u -> Math.pow(u, eta) * normalizer).toArray();
  }

  static Stream<IouBalancedClassificationLoss> sigmoids() {
    return Stream.of(
        IouBalancedClassificationLoss.sigmoid(1.5, FocalLoss.retinaNet()),
        IouBalancedClassificationLoss.sigmoid(
            0.5, new FocalLoss(Alpha.of(0.1, 0.2, 0.3, 0.4, 0.5), 1.7)),
        IouBalancedClassificationLoss.binary(1, new BinaryCrossEntropyLoss()));
  }

  @ParameterizedTest
  @MethodSource("sigmoids")
  void isItsFormulaOnIndependentLogits(IouBalancedClassificationLoss balanced) {
    Loss plain = balanced.base().loss();
    Batch batch = Batch.of(logits, labels);
    Tensor each = plain.values(batch);
    Tensor slopes = plain.evaluate(batch, Reduction.dividedBy(3)).gradient();
    int[] rows = java.util.stream.IntStream.range(0, N).filter(i -> labels.get(i) < C).toArray();
    double[] losses =
        Arrays.stream(rows).mapToDouble(i -> each.get(i * C + labels.get(i))).toArray();
    double[] overlaps = Arrays.stream(rows).mapToDouble(i -> iou.get(i)).toArray();
    double[] w = transcribedWeights(balanced.eta(), losses, overlaps);
    double expected = plain.value(batch, Reduction.sum());
    float[] gradient = slopes.toArray();
    for (int i = 0; i < rows.length; i++) {
      expected += (w[i] - 1) * losses[i];
      gradient[rows[i] * C + labels.get(rows[i])] *= (float) w[i];
    }
    Evaluation e = balanced.at(iou).evaluate(batch, Reduction.dividedBy(3));
    assertThat(e.value()).isCloseTo(expected / 3, within(1e-6 * expected));
    for (int i = 0; i < gradient.length; i++) {
      assertThat(e.gradient().get(i)).isCloseTo(gradient[i], within(1e-6f * Math.abs(gradient[i])));
    }
    assertThat(balanced.at(iou).value(batch, Reduction.dividedBy(3))).isEqualTo(e.value());
  }

  @ParameterizedTest
  @MethodSource("sigmoids")
  void theSumOverThePositivesStaysWhatItWas(IouBalancedClassificationLoss balanced) {
    Batch batch = Batch.of(logits, labels);
    double plain = balanced.base().loss().value(batch, Reduction.sum());
    assertThat(balanced.at(iou).value(batch, Reduction.sum()))
        .isCloseTo(plain, within(1e-7 * plain));
  }

  @ParameterizedTest
  @MethodSource("sigmoids")
  void labelsAndDenseTargetsAreAlike(IouBalancedClassificationLoss balanced) {
    float[] dense = new float[N * C];
    float[] weights = new float[N];
    float[] entries = new float[N * C];
    for (int i = 0; i < N; i++) {
      weights[i] = i % 4 == 0 ? 0 : 0.5f + i % 3;
      Arrays.fill(entries, i * C, i * C + C, weights[i]);
      if (labels.get(i) < C) {
        dense[i * C + labels.get(i)] = 1;
      }
    }
    Batch byLabel = Batch.of(logits, labels).weighted(Tensor.of(weights, N));
    Batch byEntry = Batch.of(logits, Tensor.of(dense, N, C)).weighted(Tensor.of(entries, N, C));
    for (Reduction reduction : List.of(Reduction.mean(), Reduction.weightedMean())) {
      Evaluation a = balanced.at(iou).evaluate(byLabel, reduction);
      Evaluation b = balanced.at(iou).evaluate(byEntry, reduction);
      assertThat(a.value()).isCloseTo(b.value(), within(1e-9));
      assertThat(a.gradient().toArray()).isEqualTo(b.gradient().toArray());
    }
    Tensor values = balanced.at(iou).values(byLabel);
    double sum = 0;
    for (float v : values.toArray()) {
      sum += v;
    }
    assertThat(sum).isCloseTo(balanced.at(iou).value(byLabel, Reduction.sum()), within(1e-5 * sum));
  }

  @Test
  void softmaxRowsAreWeightedWhole() {
    Labels rows = Labels.of(random.ints(N, 0, C).toArray());
    CrossEntropyLoss plain = new CrossEntropyLoss();
    for (int background : new int[] {0, C - 1}) {
      var balanced = IouBalancedClassificationLoss.softmax(1.5, plain, background);
      Batch batch = Batch.of(logits, rows);
      Tensor each = plain.values(batch);
      int[] at =
          java.util.stream.IntStream.range(0, N).filter(i -> rows.get(i) != background).toArray();
      double[] w =
          transcribedWeights(
              1.5,
              Arrays.stream(at).mapToDouble(i -> each.get(i)).toArray(),
              Arrays.stream(at).mapToDouble(i -> iou.get(i)).toArray());
      float[] expected = plain.evaluate(batch, Reduction.mean()).gradient().toArray();
      for (int i = 0; i < at.length; i++) {
        for (int k = 0; k < C; k++) {
          expected[at[i] * C + k] *= (float) w[i];
        }
      }
      Evaluation e = balanced.at(iou).evaluate(batch, Reduction.mean());
      for (int i = 0; i < expected.length; i++) {
        assertThat(e.gradient().get(i))
            .isCloseTo(expected[i], within(1e-6f * Math.abs(expected[i])));
      }
      assertThat(e.value()).isCloseTo(plain.value(batch, Reduction.mean()), within(1e-7));
    }
  }

  @Test
  void withNothingToShareOutByItIsTheBaseLoss() {
    FocalLoss plain = FocalLoss.retinaNet();
    var balanced = IouBalancedClassificationLoss.sigmoid(1.5, plain);
    Batch batch = Batch.of(logits, labels);
    Evaluation e = plain.evaluate(batch, Reduction.mean());
    float[] halves = new float[N];
    Arrays.fill(halves, 0.5f);
    same(balanced.at(Tensor.zeros(N)).evaluate(batch, Reduction.mean()), e);
    same(balanced.at(Tensor.of(halves, N)).evaluate(batch, Reduction.mean()), e);
    var never = IouBalancedClassificationLoss.sigmoid(0, plain);
    same(never.at(iou).evaluate(batch, Reduction.mean()), e);
    int[] none = new int[N];
    Arrays.fill(none, C);
    Batch background = Batch.of(logits, Labels.of(none));
    Evaluation negatives = plain.evaluate(background, Reduction.perPositive(0));
    same(balanced.at(iou).evaluate(background, Reduction.perPositive(0)), negatives);
    // The author's code adds 1e-6 to the denominator, and loses every positive.
    double lost =
        balanced.withNormalizerEpsilon(1e-6).at(Tensor.zeros(N)).value(batch, Reduction.mean());
    assertThat(lost).isLessThan(e.value());
  }

  private static void same(Evaluation found, Evaluation expected) {
    assertThat(found.value()).isCloseTo(expected.value(), within(1e-9));
    for (int i = 0; i < expected.gradient().size(); i++) {
      float g = expected.gradient().get(i);
      assertThat(found.gradient().get(i)).isCloseTo(g, within(1e-6f * Math.abs(g)));
    }
  }

  @Test
  void ignoredAnchorsAreNeverRead() {
    var balanced = IouBalancedClassificationLoss.sigmoid(1.5, FocalLoss.retinaNet());
    float[] w = new float[N];
    Arrays.fill(w, 1);
    float[] x = logits.toArray();
    float[] overlaps = iou.toArray();
    int[] y = new int[N];
    labels.buffer().get(0, y);
    w[3] = 0;
    Batch clean = Batch.of(logits, labels).weighted(Tensor.of(w, N));
    Evaluation expected = balanced.at(iou).evaluate(clean, Reduction.mean());
    Arrays.fill(x, 3 * C, 4 * C, Float.NaN);
    overlaps[3] = Float.NaN;
    y[3] = -1;
    Batch poisoned = Batch.of(Tensor.of(x, N, C), Labels.of(y)).weighted(Tensor.of(w, N));
    Evaluation e = balanced.at(Tensor.of(overlaps, N)).evaluate(poisoned, Reduction.mean());
    assertThat(e.value()).isEqualTo(expected.value());
    assertThat(e.gradient().toArray()).isEqualTo(expected.gradient().toArray());
  }

  @Test
  void farLogitsStayFinite() {
    for (float far : new float[] {20, 1e4f, 1e30f, Float.MAX_VALUE}) {
      float[] x = logits.toArray();
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.copySign(far, x[i]);
      }
      Batch batch = Batch.of(Tensor.of(x, N, C), labels);
      sigmoids()
          .forEach(
              balanced -> {
                Evaluation e = balanced.at(iou).evaluate(batch, Reduction.mean());
                assertThat(e.value()).isFinite();
                for (float g : e.gradient().toArray()) {
                  assertThat(g).isFinite();
                }
              });
    }
  }

  @Test
  void whatCannotBeWeightedIsRefused() {
    var balanced = IouBalancedClassificationLoss.binary(1.5, new BinaryCrossEntropyLoss());
    String who = "IouBalancedClassificationLoss[eta=1.5, base=Sigmoid[loss=BinaryCrossEntropyLoss";
    Batch soft = Batch.of(Tensor.zeros(1, 2), Tensor.of(new float[] {0, 0.5f}, 1, 2));
    assertThatThrownBy(() -> balanced.at(Tensor.zeros(1)).value(soft, Reduction.sum()))
        .hasMessageStartingWith(who)
        .hasMessageEndingWith("target[0, 1] = 0.5 is not 0 or 1");
    Batch one = Batch.of(Tensor.zeros(1, 2), Labels.of(new int[] {1}));
    Tensor over = Tensor.of(new float[] {1.5f}, 1);
    assertThatThrownBy(() -> balanced.at(over).value(one, Reduction.sum()))
        .hasMessageEndingWith("iou[0] = 1.5 is not in [0, 1]");
    assertThatThrownBy(() -> balanced.at(Tensor.zeros(2)).value(one, Reduction.sum()))
        .hasMessageEndingWith("iou has shape [2], one a row of the prediction has shape [1]");
    assertThatThrownBy(() -> IouBalancedClassificationLoss.sigmoid(-1, FocalLoss.retinaNet()))
        .hasMessage("IouBalancedClassificationLoss: eta must be in [0, 100], was -1.0");
  }

  private Tensor normal(int n) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = (float) random.nextGaussian() * 2;
    }
    return Tensor.of(a, n / C, C);
  }

  private Tensor uniform(int n) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = random.nextFloat();
    }
    return Tensor.of(a, n);
  }
}
