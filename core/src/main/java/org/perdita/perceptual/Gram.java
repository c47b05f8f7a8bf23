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
 *
 * <p>Where an engine is at hand its matrix product is faster: libtorch's takes half the time of
 * this, and a quarter of that of the gradient (256 channels of 64 × 64, one thread). The lab takes
 * it.
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
    float[] factors = new float[TILE];
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
        for (int j = 0; j < n; j++) {
          factors[j] = columns[j][i];
        }
        Arrays.fill(sums, 0, i + 1, 0);
        weighed(columns, factors, sums, n, i + 1);
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

  /** Σ by[k] · rows[k] over {@code count} rows, four at a time, their first n entries. */
  private static void weighed(float[][] rows, float[] by, float[] sums, int count, int n) {
    int k = 0;
    for (; k + 3 < count; k += 4) {
      float[] p = rows[k];
      float[] q = rows[k + 1];
      float[] r = rows[k + 2];
      float[] s = rows[k + 3];
      add(sums, p, by[k], q, by[k + 1], r, by[k + 2], s, by[k + 3], n);
    }
    for (; k < count; k++) {
      add(sums, rows[k], by[k], n);
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
    float[][] slopes = new float[c][c];
    for (int i = 0; i < c; i++) {
      for (int k = 0; k < c; k++) {
        slopes[i][k] = (float) ((d[i * c + k] + d[k * c + i]) / steepest);
      }
    }
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
        weighed(rows, slopes[i], sums, c, n);
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
