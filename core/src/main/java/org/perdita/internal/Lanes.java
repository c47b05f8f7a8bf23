package org.perdita.internal;

import java.util.Arrays;

/**
 * Folds up to 512 lanes into one number: to 64 in one pass, and those in four chains, for one would
 * wait for itself. C2 vectorises neither a running sum nor a running maximum of floats, but it does
 * vectorise {@code a[j] += a[j + 64]}.
 */
final class Lanes {
  private static final int ALL = 512;
  private static final int KEPT = 64;

  private Lanes() {}

  /** Σ lanes[0 … n − 1]; the lanes are spent. */
  static float sum(float[] lanes, int n) {
    Arrays.fill(lanes, n, ALL, 0);
    for (int j = 0; j < KEPT; j++) {
      float near = (lanes[j] + lanes[j + 64]) + (lanes[j + 128] + lanes[j + 192]);
      float far = (lanes[j + 256] + lanes[j + 320]) + (lanes[j + 384] + lanes[j + 448]);
      lanes[j] = near + far;
    }
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int j = 0; j < KEPT; j += 8) {
      a += lanes[j] + lanes[j + 1];
      b += lanes[j + 2] + lanes[j + 3];
      c += lanes[j + 4] + lanes[j + 5];
      d += lanes[j + 6] + lanes[j + 7];
    }
    return (a + b) + (c + d);
  }

  /** The largest of lanes[0 … n − 1]; the lanes are spent. */
  static float max(float[] lanes, int n) {
    Arrays.fill(lanes, n, ALL, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < KEPT; j++) {
      float near = max(lanes[j], lanes[j + 64], lanes[j + 128], lanes[j + 192]);
      float far = max(lanes[j + 256], lanes[j + 320], lanes[j + 384], lanes[j + 448]);
      lanes[j] = Math.max(near, far);
    }
    float a = lanes[0];
    float b = lanes[1];
    float c = lanes[2];
    float d = lanes[3];
    for (int j = 4; j < KEPT; j += 4) {
      a = Math.max(a, lanes[j]);
      b = Math.max(b, lanes[j + 1]);
      c = Math.max(c, lanes[j + 2]);
      d = Math.max(d, lanes[j + 3]);
    }
    return max(a, b, c, d);
  }

  private static float max(float a, float b, float c, float d) {
    return Math.max(Math.max(a, b), Math.max(c, d));
  }
}
