package org.perdita.internal;

import java.util.Arrays;

/**
 * Folds up to 512 lanes into one number, quartering. C2 vectorises neither a running sum nor a
 * running maximum of floats, but it does vectorise {@code a[j] += a[j + 256]}; what is left goes in
 * four chains, for one would wait for itself.
 */
final class Lanes {
  private Lanes() {}

  /** Σ lanes[0 … n − 1]; the lanes are spent. */
  static float sum(float[] lanes, int n) {
    Arrays.fill(lanes, n, n > 128 ? 512 : 128, 0);
    if (n > 128) {
      for (int j = 0; j < 128; j++) {
        lanes[j] += lanes[j + 128] + (lanes[j + 256] + lanes[j + 384]);
      }
    }
    for (int j = 0; j < 32; j++) {
      lanes[j] += lanes[j + 32] + (lanes[j + 64] + lanes[j + 96]);
    }
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int j = 0; j < 32; j += 4) {
      a += lanes[j];
      b += lanes[j + 1];
      c += lanes[j + 2];
      d += lanes[j + 3];
    }
    return (a + b) + (c + d);
  }

  /** The largest of lanes[0 … n − 1]; the lanes are spent. */
  static float max(float[] lanes, int n) {
    Arrays.fill(lanes, n, n > 128 ? 512 : 128, Float.NEGATIVE_INFINITY);
    if (n > 128) {
      for (int j = 0; j < 128; j++) {
        float far = Math.max(lanes[j + 256], lanes[j + 384]);
        lanes[j] = Math.max(Math.max(lanes[j], lanes[j + 128]), far);
      }
    }
    for (int j = 0; j < 32; j++) {
      float far = Math.max(lanes[j + 64], lanes[j + 96]);
      lanes[j] = Math.max(Math.max(lanes[j], lanes[j + 32]), far);
    }
    float a = lanes[0];
    float b = lanes[1];
    float c = lanes[2];
    float d = lanes[3];
    for (int j = 4; j < 32; j += 4) {
      a = Math.max(a, lanes[j]);
      b = Math.max(b, lanes[j + 1]);
      c = Math.max(c, lanes[j + 2]);
      d = Math.max(d, lanes[j + 3]);
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }
}
