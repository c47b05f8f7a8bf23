package org.perdita.internal;

import java.util.Arrays;

/**
 * Folds up to 512 lanes into one number, halving. C2 vectorises neither a running sum nor a running
 * maximum of floats, but it does vectorise {@code a[j] += a[j + 256]}.
 */
final class Lanes {
  private Lanes() {}

  /** Σ lanes[0 … n − 1]; the lanes are spent. */
  static float sum(float[] lanes, int n) {
    Arrays.fill(lanes, n, powerOfTwo(n), 0);
    if (n > 256) {
      for (int j = 0; j < 256; j++) {
        lanes[j] += lanes[j + 256];
      }
    }
    if (n > 128) {
      for (int j = 0; j < 128; j++) {
        lanes[j] += lanes[j + 128];
      }
    }
    if (n > 64) {
      for (int j = 0; j < 64; j++) {
        lanes[j] += lanes[j + 64];
      }
    }
    float sum = 0;
    for (int j = 0; j < Math.min(n, 64); j++) {
      sum += lanes[j];
    }
    return sum;
  }

  /** The largest of lanes[0 … n − 1]; the lanes are spent. */
  static float max(float[] lanes, int n) {
    Arrays.fill(lanes, n, powerOfTwo(n), Float.NEGATIVE_INFINITY);
    if (n > 256) {
      for (int j = 0; j < 256; j++) {
        lanes[j] = Math.max(lanes[j], lanes[j + 256]);
      }
    }
    if (n > 128) {
      for (int j = 0; j < 128; j++) {
        lanes[j] = Math.max(lanes[j], lanes[j + 128]);
      }
    }
    if (n > 64) {
      for (int j = 0; j < 64; j++) {
        lanes[j] = Math.max(lanes[j], lanes[j + 64]);
      }
    }
    float max = lanes[0];
    for (int j = 1; j < Math.min(n, 64); j++) {
      max = Math.max(max, lanes[j]);
    }
    return max;
  }

  /** The smallest power of two that is at least {@code n}. */
  private static int powerOfTwo(int n) {
    return n == 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
  }
}
