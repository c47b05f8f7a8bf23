package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Tensor;

/**
 * Whose the classification loss is, anchor by anchor, over some scenes: the figure with which the
 * focal loss's paper explains itself.
 */
final class LossShares {
  /** A background anchor is easy when every class has less than this probability. */
  private static final double EASY = 0.1;

  private static final int POINTS = 101;

  private final List<Batch> batches = new ArrayList<>();
  private final int classes;

  LossShares(int classes) {
    this.classes = classes;
  }

  /** Takes in scores {@code [anchors, classes]} and what they should be. */
  void add(Tensor scores, Assignment assignment) {
    batches.add(Batch.of(scores, assignment.target()).weighted(assignment.weights()));
  }

  /** The share of {@code loss} that easy background anchors hold. */
  double ofEasyNegatives(Loss loss) {
    double all = 0;
    double easy = 0;
    float least = (float) Math.log(EASY / (1 - EASY));
    for (Batch batch : batches) {
      float[] each = loss.values(batch).toArray();
      float[] x = batch.prediction().toArray();
      org.perdita.Labels labels = (org.perdita.Labels) batch.target();
      for (int i = 0; i < labels.size(); i++) {
        double sum = 0;
        boolean low = true;
        for (int k = i * classes; k < (i + 1) * classes; k++) {
          sum += each[k];
          low &= x[k] < least;
        }
        all += sum;
        easy += low && labels.get(i) == classes ? sum : 0;
      }
    }
    return all == 0 ? 0 : easy / all;
  }

  /**
   * The share of the background's loss that its easiest 0, 1, … 100 % of anchors hold together: the
   * lower, the more the hardest have.
   */
  List<Double> cumulative(Loss loss) {
    double[] sums = new double[0];
    for (Batch batch : batches) {
      float[] each = loss.values(batch).toArray();
      org.perdita.Labels labels = (org.perdita.Labels) batch.target();
      Tensor weights = java.util.Objects.requireNonNull(batch.weights());
      double[] own = new double[labels.size()];
      int n = 0;
      for (int i = 0; i < own.length; i++) {
        if (labels.get(i) == classes && weights.get(i) > 0) {
          for (int k = i * classes; k < (i + 1) * classes; k++) {
            own[n] += each[k];
          }
          n++;
        }
      }
      int before = sums.length;
      sums = Arrays.copyOf(sums, before + n);
      System.arraycopy(own, 0, sums, before, n);
    }
    Arrays.sort(sums);
    double all = Arrays.stream(sums).sum();
    List<Double> curve = new ArrayList<>();
    double some = 0;
    int at = 0;
    for (int point = 0; point < POINTS; point++) {
      int to = (int) ((long) sums.length * point / (POINTS - 1));
      for (; at < to; at++) {
        some += sums[at];
      }
      curve.add(all == 0 ? 0 : Math.min(1, some / all));
    }
    return curve;
  }
}
