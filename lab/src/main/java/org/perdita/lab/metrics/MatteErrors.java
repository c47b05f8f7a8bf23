package org.perdita.lab.metrics;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * How a predicted matte differs from the true one, as alphamatting.com and mmediting measure it:
 * over all pixels here, without a trimap.
 */
public final class MatteErrors {
  private static final double THOUSAND = 1000;
  private static final double SIGMA = 1.4;
  private static final double KERNEL_END = 1e-2;
  private static final double STEP = 0.1;
  private static final double LEAST_DIFFERENCE = 0.15;

  private MatteErrors() {}

  /** The sum of absolute differences, in thousands. */
  public static double sad(float[] predicted, float[] truth) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += Math.abs(predicted[i] - truth[i]);
    }
    return sum / THOUSAND;
  }

  /** The mean squared difference. */
  public static double mse(float[] predicted, float[] truth) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double d = predicted[i] - truth[i];
      sum += d * d;
    }
    return sum / truth.length;
  }

  /** The mean squared difference where the truth is neither foreground nor background. */
  public static double mseOfMixed(float[] predicted, float[] truth) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] > 0.05 && truth[i] < 0.95) {
        double d = predicted[i] - truth[i];
        sum += d * d;
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  /** Squared differences of the magnitudes of Gaussian gradients, σ = 1.4, in thousands. */
  public static double gradient(float[] predicted, float[] truth, int height, int width) {
    double[] p = magnitudes(predicted, height, width);
    double[] t = magnitudes(truth, height, width);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += (p[i] - t[i]) * (p[i] - t[i]);
    }
    return sum / THOUSAND;
  }

  private static double[] magnitudes(float[] alpha, int height, int width) {
    int half =
        (int)
            Math.ceil(
                SIGMA * Math.sqrt(-2 * Math.log(Math.sqrt(2 * Math.PI) * SIGMA * KERNEL_END)));
    int n = 2 * half + 1;
    double[] bell = new double[n];
    double[] slope = new double[n];
    double bells = 0;
    double slopes = 0;
    for (int k = 0; k < n; k++) {
      double x = k - half;
      bell[k] = Math.exp(-x * x / (2 * SIGMA * SIGMA)) / (SIGMA * Math.sqrt(2 * Math.PI));
      slope[k] = -x * bell[k] / (SIGMA * SIGMA);
      bells += bell[k] * bell[k];
      slopes += slope[k] * slope[k];
    }
    double norm = Math.sqrt(bells * slopes);
    double[] across = filtered(alpha, height, width, bell, slope);
    double[] down = filtered(alpha, height, width, slope, bell);
    double[] magnitudes = new double[alpha.length];
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.hypot(across[i], down[i]) / norm;
    }
    return magnitudes;
  }

  /** Filtered along columns with {@code rows}, then along rows with {@code columns}. */
  private static double[] filtered(
      float[] alpha, int height, int width, double[] rows, double[] columns) {
    int half = rows.length / 2;
    double[] once = new double[alpha.length];
    double[] twice = new double[alpha.length];
    for (int i = 0; i < once.length; i++) {
      for (int k = -half; k <= half; k++) {
        int y = Math.max(0, Math.min(height - 1, i / width + k));
        once[i] += rows[k + half] * alpha[y * width + i % width];
      }
    }
    for (int i = 0; i < twice.length; i++) {
      for (int k = -half; k <= half; k++) {
        int x = Math.max(0, Math.min(width - 1, i % width + k));
        twice[i] += columns[k + half] * once[i / width * width + x];
      }
    }
    return twice;
  }

  /**
   * Differences in how far pixels are connected to the largest region that both mattes share, in
   * thresholds of 0.1, in thousands.
   */
  public static double connectivity(float[] predicted, float[] truth, int height, int width) {
    double[] level = new double[truth.length];
    Arrays.fill(level, -1);
    int steps = (int) Math.round(1 / STEP);
    for (int s = 1; s <= steps; s++) {
      double threshold = s * STEP;
      boolean[] both = new boolean[truth.length];
      for (int i = 0; i < both.length; i++) {
        both[i] = predicted[i] >= threshold && truth[i] >= threshold;
      }
      boolean[] largest = largestRegion(both, height, width);
      for (int i = 0; i < level.length; i++) {
        if (level[i] < 0 && !largest[i]) {
          level[i] = (s - 1) * STEP;
        }
      }
    }
    double sum = 0;
    for (int i = 0; i < level.length; i++) {
      double from = level[i] < 0 ? 1 : level[i];
      sum += Math.abs(connection(truth[i] - from) - connection(predicted[i] - from));
    }
    return sum / THOUSAND;
  }

  private static double connection(double difference) {
    return difference >= LEAST_DIFFERENCE ? 1 - difference : 1;
  }

  /** The largest set of pixels connected through their four neighbours. */
  private static boolean[] largestRegion(boolean[] mask, int height, int width) {
    boolean[] seen = new boolean[mask.length];
    boolean[] best = new boolean[mask.length];
    int most = 0;
    for (int start = 0; start < mask.length; start++) {
      if (!mask[start] || seen[start]) {
        continue;
      }
      ArrayDeque<Integer> open = new ArrayDeque<>();
      boolean[] region = new boolean[mask.length];
      int size = 0;
      open.add(start);
      seen[start] = true;
      while (!open.isEmpty()) {
        int i = open.remove();
        region[i] = true;
        size++;
        int[] next = {
          i % width > 0 ? i - 1 : i,
          i % width < width - 1 ? i + 1 : i,
          i / width > 0 ? i - width : i,
          i / width < height - 1 ? i + width : i
        };
        for (int j : next) {
          if (mask[j] && !seen[j]) {
            seen[j] = true;
            open.add(j);
          }
        }
      }
      if (size > most) {
        most = size;
        best = region;
      }
    }
    return best;
  }

  /** 1 where the matte is at least a half. */
  public static int[] mask(float[] alpha) {
    int[] mask = new int[alpha.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = alpha[i] >= 0.5f ? 1 : 0;
    }
    return mask;
  }
}
