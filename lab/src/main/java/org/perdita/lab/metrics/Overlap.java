package org.perdita.lab.metrics;

/**
 * How two masks overlap, by voxels.
 *
 * @param both in both masks
 * @param predicted in the predicted one
 * @param truth in the true one
 */
public record Overlap(long both, long predicted, long truth) {

  /** Of two masks of the same size. */
  public static Overlap of(int[] predicted, int[] truth) {
    long both = 0;
    long p = 0;
    long t = 0;
    for (int i = 0; i < predicted.length; i++) {
      both += predicted[i] != 0 && truth[i] != 0 ? 1 : 0;
      p += predicted[i] != 0 ? 1 : 0;
      t += truth[i] != 0 ? 1 : 0;
    }
    return new Overlap(both, p, t);
  }

  /** 2 · both / (predicted + truth), which is F1; 1 if both are empty. */
  public double dice() {
    return predicted + truth == 0 ? 1 : 2.0 * both / (predicted + truth);
  }

  /** both / (predicted + truth − both); 1 if both are empty. */
  public double iou() {
    return predicted + truth == 0 ? 1 : both / (double) (predicted + truth - both);
  }
}
