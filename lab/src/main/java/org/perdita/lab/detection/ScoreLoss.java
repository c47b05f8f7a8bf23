package org.perdita.lab.detection;

import java.util.Arrays;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Tensor;
import org.perdita.detection.IouBalancedClassificationLoss;

/** The loss of the class scores of all anchors. */
sealed interface ScoreLoss {

  /** The loss, for anchors whose decoded boxes overlap their objects by {@code iou}. */
  Loss of(Tensor iou);

  /** What each anchor counts: 0 where it is ignored. */
  default Tensor weights(Assignment assignment, Tensor scores) {
    return assignment.weights();
  }

  /** A loss that does not look at the boxes. */
  record Plain(Loss loss) implements ScoreLoss {
    @Override
    public Loss of(Tensor iou) {
      return loss;
    }

    @Override
    public String toString() {
      return loss.toString();
    }
  }

  /** Positives weighted by their boxes' overlap. */
  record Balanced(IouBalancedClassificationLoss loss) implements ScoreLoss {
    @Override
    public Loss of(Tensor iou) {
      return loss.at(iou);
    }

    @Override
    public String toString() {
      return loss.toString();
    }
  }

  /**
   * Hard example mining: of the background only the anchors with the highest loss count, so many
   * for each positive, over the batch.
   *
   * @param loss of all that count
   * @param ratio negatives for each positive; 3 in SSD and as the focal paper's best
   */
  record HardestNegatives(Loss loss, int ratio) implements ScoreLoss {
    @Override
    public Loss of(Tensor iou) {
      return loss;
    }

    @Override
    public Tensor weights(Assignment assignment, Tensor scores) {
      int classes = assignment.classes();
      Batch all = Batch.of(scores, assignment.target()).weighted(assignment.weights());
      float[] each = loss.values(all).toArray();
      float[] counts = assignment.counts().clone();
      float[] losses = new float[counts.length];
      int negatives = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0 && assignment.labels()[i] == classes) {
          float sum = 0;
          for (int k = 0; k < classes; k++) {
            sum += each[i * classes + k];
          }
          losses[negatives++] = sum;
        }
      }
      float[] sorted = Arrays.copyOf(losses, negatives);
      Arrays.sort(sorted);
      int wanted = Math.min(negatives, ratio * Math.max(1, assignment.positives().length));
      float enough = wanted == 0 ? Float.POSITIVE_INFINITY : sorted[negatives - wanted];
      for (int i = 0, n = 0; i < counts.length; i++) {
        if (counts[i] > 0 && assignment.labels()[i] == classes) {
          counts[i] = losses[n++] >= enough ? 1 : 0;
        }
      }
      return Tensor.of(counts, counts.length);
    }
  }
}
