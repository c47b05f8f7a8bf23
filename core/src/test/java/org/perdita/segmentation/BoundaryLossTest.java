package org.perdita.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Formula;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;

class BoundaryLossTest {
  private final Tensor logits = Formula.logits(1, 2, 3, 4, 5);
  private final Labels labels = Formula.labels(2, 3, 2, 4, 5);
  private final Tensor maps = SignedDistanceMap.published().of(labels, 3);

  @Test
  void itIsItsFormula() {
    Formula.holds(
        BoundaryLoss.softmax(ClassSelection.of(1, 2)),
        Batch.of(logits, maps),
        x -> {
          double[] p = Formula.softmax(x, 2, 3, 20);
          double sum = 0;
          for (int i = 0; i < p.length; i++) {
            sum += i / 20 % 3 == 0 ? 0 : p[i] * maps.get(i);
          }
          return sum / (2 * 20 * 2);
        });
  }

  @Test
  void countedFromAPerfectMaskOnlyTheValueMoves() {
    BoundaryLoss loss = BoundaryLoss.softmax(ClassSelection.of(1));
    BoundaryLoss shifted = loss.withZero(BoundaryLoss.Zero.PERFECT_MASK);
    Evaluation a = loss.evaluate(Batch.of(logits, maps), Reduction.mean());
    Evaluation b = shifted.evaluate(Batch.of(logits, maps), Reduction.mean());
    assertThat(b.gradient().toArray()).isEqualTo(a.gradient().toArray());
    float[] perfect = new float[logits.size()];
    for (int i = 0; i < perfect.length; i++) {
      int k = i / 20 % 3;
      perfect[i] = labels.get(i / 60 * 20 + i % 20) == k ? 200 : -200;
    }
    Tensor sure = Tensor.of(perfect, logits.shape());
    assertThat(shifted.value(Batch.of(sure, maps), Reduction.mean())).isZero();
    double best = loss.value(Batch.of(sure, maps), Reduction.mean());
    assertThat(b.value() - a.value()).isCloseTo(-best, within(1e-6));
    assertThat(a.value()).isGreaterThan(best);
  }

  @Test
  void hausdorffIsItsFormula() {
    HausdorffLoss loss = HausdorffLoss.exact(ClassSelection.of(1));
    double[] start = new double[logits.size()];
    Arrays.setAll(start, i -> logits.get(i));
    double[] likely = Formula.softmax(start, 2, 3, 20);
    double[] weights = new double[2 * 20];
    for (int i = 0; i < 2; i++) {
      int[] truth = new int[20];
      int[] guess = new int[20];
      for (int q = 0; q < 20; q++) {
        truth[q] = labels.get(i * 20 + q) == 1 ? 1 : 0;
        double own = likely[(i * 3 + 1) * 20 + q];
        guess[q] = own > likely[i * 60 + q] && own > likely[(i * 3 + 2) * 20 + q] ? 1 : 0;
      }
      for (int q = 0; q < 20; q++) {
        double d = brute(truth, q);
        double e = brute(guess, q);
        weights[i * 20 + q] = d * d + e * e;
      }
    }
    Formula.holds(
        loss,
        Batch.of(logits, labels),
        x -> {
          double[] p = Formula.softmax(x, 2, 3, 20);
          double sum = 0;
          for (int j = 0; j < 40; j++) {
            double error = p[(j / 20 * 3 + 1) * 20 + j % 20] - (labels.get(j) == 1 ? 1 : 0);
            sum += error * error * weights[j];
          }
          return sum / 40;
        });
  }

  private static double brute(int[] mask, int q) {
    double best = mask[q] == 0 ? 0 : Double.POSITIVE_INFINITY;
    for (int r = 0; r < mask.length; r++) {
      if (mask[r] == 0 && mask[q] != 0) {
        best = Math.min(best, Math.hypot(r / 5 - q / 5, r % 5 - q % 5));
      }
    }
    return best;
  }

  @Test
  void refusals() {
    BoundaryLoss loss = BoundaryLoss.softmax(ClassSelection.of(1));
    assertThatThrownBy(() -> loss.value(Batch.of(logits, labels), Reduction.mean()))
        .hasMessageContaining("target must be a tensor of distances shaped like the prediction");
    float[] bad = maps.toArray();
    bad[20] = Float.POSITIVE_INFINITY;
    Tensor infinite = Tensor.of(bad, maps.shape());
    assertThatThrownBy(() -> loss.value(Batch.of(logits, infinite), Reduction.mean()))
        .hasMessageEndingWith("target[0, 1, 0, 0] = Infinity is not finite");
  }
}
