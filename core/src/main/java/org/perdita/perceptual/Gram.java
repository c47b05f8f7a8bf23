package org.perdita.perceptual;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.PerSample;

/**
 * Gram matrices of feature maps: how much each pair of channels is active at the same places,
 * wherever that is. With F the C × M matrix of a sample's channels over its M = H · W positions, G
 * = F Fᵀ / divisor.
 *
 * <p>Products are of floats, summed over 128 positions in float and then in double. Features are
 * divided by the sample's largest first, so that their squares stay finite.
 */
public final class Gram {
  /** Positions at a time: a tile of 512 channels stays in the second-level cache. */
  private static final int TILE = 128;

  private Gram() {}

  /**
   * The Gram matrix of each sample.
   *
   * @param features {@code [n, c, h, w]}
   * @param divisor a number above 0
   * @return {@code [n, c, c]}
   */
  public static Tensor of(Tensor features, double divisor) {
    checkDivisor(divisor);
    int n = checked(features).length(0);
    int c = features.length(1);
    Tensor grams = Tensor.zeros(n, c, c);
    FloatBuffer out = grams.buffer();
    for (int i = 0; i < n; i++) {
      double[] gram = of(features, i, divisor);
      for (int k = 0; k < gram.length; k++) {
        out.put(i * c * c + k, PerSample.saturated(gram[k]));
      }
    }
    return grams;
  }

  /**
   * The gradient at the features, given one at their Gram matrices: (D + Dᵀ) F / divisor.
   *
   * @param features {@code [n, c, h, w]}
   * @param gradient d value / d Gram, {@code [n, c, c]}
   * @return d value / d features
   */
  public static Tensor backward(Tensor features, double divisor, Tensor gradient) {
    checkDivisor(divisor);
    int n = checked(features).length(0);
    int c = features.length(1);
    Check.shape("Gram", "gradient", gradient.shape(), "the Gram matrices", n, c, c);
    Tensor out = Tensor.zeros(features.shape());
    for (int i = 0; i < n; i++) {
      double[] d = new double[c * c];
      for (int k = 0; k < d.length; k++) {
        d[k] = gradient.get(i * c * c + k);
      }
      backward(features, i, d, 1 / divisor, out.buffer());
    }
    return out;
  }

  private static void checkDivisor(double divisor) {
    boolean holds = divisor > 0 && divisor < Double.POSITIVE_INFINITY;
    Check.that(holds, "Gram", "divisor", divisor, "finite and above 0");
  }

  private static Tensor checked(Tensor features) {
    Check.that(features.rank() == 4, "Gram", "features", features, "of shape [n, c, h, w]");
    return features;
  }

  /** The Gram matrix of sample {@code sample}, row-major. */
  static double[] of(Tensor features, int sample, double divisor) {
    int c = features.length(1);
    int m = features.length(2) * features.length(3);
    FloatBuffer in = features.buffer();
    double[] gram = new double[c * c];
    float largest = largest(in, sample * c * m, c * m);
    float[] row = new float[TILE];
    float[][] columns = new float[TILE][c];
    float[] sums = new float[c];
    for (int from = 0; from < m; from += TILE) {
      int n = Math.min(TILE, m - from);
      for (int i = 0; i < c; i++) {
        in.get((sample * c + i) * m + from, row, 0, n);
        for (int j = 0; j < n; j++) {
          columns[j][i] = row[j] / largest;
        }
      }
      for (int i = 0; i < c; i++) {
        outer(columns, i, sums, n);
        for (int k = 0; k <= i; k++) {
          gram[i * c + k] += sums[k];
        }
      }
    }
    for (int i = 0; i < c; i++) {
      for (int k = 0; k <= i; k++) {
        gram[i * c + k] *= (double) largest * largest / divisor;
        gram[k * c + i] = gram[i * c + k];
      }
    }
    return gram;
  }

  /** Σ columns[j][i] · columns[j] over a tile's positions, four at a time, entries 0 … i. */
  private static void outer(float[][] columns, int i, float[] sums, int n) {
    int end = i + 1;
    Arrays.fill(sums, 0, end, 0);
    int j = 0;
    for (; j + 3 < n; j += 4) {
      float[] p = columns[j];
      float[] q = columns[j + 1];
      float[] r = columns[j + 2];
      float[] s = columns[j + 3];
      add(sums, p, p[i], q, q[i], r, r[i], s, s[i], end);
    }
    for (; j < n; j++) {
      float[] p = columns[j];
      add(sums, p, p[i], end);
    }
  }

  private static void add(
      float[] sums,
      float[] p,
      float a,
      float[] q,
      float b,
      float[] r,
      float c,
      float[] s,
      float d,
      int n) {
    for (int k = 0; k < n; k++) {
      sums[k] += Math.fma(a, p[k], b * q[k]) + Math.fma(c, r[k], d * s[k]);
    }
  }

  private static void add(float[] sums, float[] p, float a, int n) {
    for (int k = 0; k < n; k++) {
      sums[k] = Math.fma(a, p[k], sums[k]);
    }
  }

  /** Writes by · (D + Dᵀ) F of sample {@code sample} at its place in {@code out}. */
  static void backward(Tensor features, int sample, double[] d, double by, FloatBuffer out) {
    int c = features.length(1);
    int m = features.length(2) * features.length(3);
    FloatBuffer in = features.buffer();
    float largest = largest(in, sample * c * m, c * m);
    double steepest = Double.MIN_NORMAL;
    for (double slope : d) {
      steepest = Math.max(steepest, 2 * Math.abs(slope));
    }
    double back = by * largest * steepest;
    float[][] rows = new float[c][TILE];
    float[] sums = new float[TILE];
    for (int from = 0; from < m; from += TILE) {
      int n = Math.min(TILE, m - from);
      for (int i = 0; i < c; i++) {
        in.get((sample * c + i) * m + from, rows[i], 0, n);
        for (int j = 0; j < n; j++) {
          rows[i][j] /= largest;
        }
      }
      for (int i = 0; i < c; i++) {
        Arrays.fill(sums, 0, n, 0);
        for (int k = 0; k < c; k++) {
          add(sums, rows[k], (float) ((d[i * c + k] + d[k * c + i]) / steepest), n);
        }
        for (int j = 0; j < n; j++) {
          sums[j] = PerSample.saturated(sums[j] * back);
        }
        out.put((sample * c + i) * m + from, sums, 0, n);
      }
    }
  }

  /** The largest size of {@code n} numbers, or 1 if all are 0. */
  private static float largest(FloatBuffer in, int from, int n) {
    float largest = 0;
    for (int j = from; j < from + n; j++) {
      largest = Math.max(largest, Math.abs(in.get(j)));
    }
    return largest == 0 ? 1 : largest;
  }
}
