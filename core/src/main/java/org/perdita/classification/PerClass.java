package org.perdita.classification;

import org.perdita.internal.TileMath;

/** One number for all classes, or one for each. */
final class PerClass {
  private PerClass() {}

  /** Fills {@code out} with the number of each element's class {@code k}. */
  static void fill(float[] out, float[] numbers, int[] k, int n) {
    if (numbers.length == 1) {
      TileMath.fill(out, numbers[0], n);
      return;
    }
    for (int j = 0; j < n; j++) {
      out[j] = numbers[k[j]];
    }
  }
}
