package org.perdita.classification;

/**
 * The tempered softmax of one unit in double: p = exp<sub>t</sub>(x − λ) with λ such that Σ p = 1.
 *
 * <p>With s = t − 1 and d the distances below the largest logit, p = (c + s d)<sup>−1/s</sup> where
 * c = 1 + s (λ − max). Newton's method runs on S(c)<sup>−s</sup> with S = Σ p, which is nearly
 * straight, kept inside a bracket.
 */
final class TemperedDistribution {
  private static final int MOST_STEPS = 200;
  private static final double TOLERANCE = 1e-15;

  private final double t;
  private final double s;
  private final int iterations;

  TemperedDistribution(double t, Normalization normalization) {
    this.t = t;
    this.s = t - 1;
    this.iterations = normalization.iterations();
  }

  /**
   * Turns logits into probabilities.
   *
   * @param x overwritten with p
   * @param classes how many entries count
   * @return the position of the largest logit
   */
  int apply(double[] x, int classes) {
    int top = 0;
    for (int k = 1; k < classes; k++) {
      top = x[k] > x[top] ? k : top;
    }
    double max = x[top];
    for (int k = 0; k < classes; k++) {
      x[k] = max - x[k];
    }
    if (s == 0) {
      softmax(x, classes);
    } else if (iterations == 0) {
      atNormalizer(x, classes, solve(x, classes));
    } else {
      double lambda = s > 0 ? fixedPoint(x, classes) : bisection(x, classes);
      for (int k = 0; k < classes; k++) {
        x[k] = Tempered.exp(t, -x[k] - lambda);
      }
    }
    return top;
  }

  private static void softmax(double[] d, int classes) {
    double z = 0;
    for (int k = 0; k < classes; k++) {
      d[k] = Math.exp(-d[k]);
      z += d[k];
    }
    for (int k = 0; k < classes; k++) {
      d[k] /= z;
    }
  }

  private void atNormalizer(double[] d, int classes, double c) {
    for (int k = 0; k < classes; k++) {
      d[k] = power(c, d[k]);
    }
  }

  /** (1 + (c − 1) + s d)^(−1/s), 0 where the base is not positive; keeps its digits near t = 1. */
  private double power(double below, double d) {
    double base = below + s * d;
    return base <= -1 ? 0 : Math.exp(-Math.log1p(base) / s);
  }

  /** c − 1, of the sign of s; the largest p is between 1 / classes and 1. */
  private double solve(double[] d, int classes) {
    double atUniform = Math.expm1(s * Math.log(classes));
    double low = Math.min(0, atUniform);
    double high = Math.max(0, atUniform);
    double c = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double sum = 0;
      double slope = 0;
      for (int k = 0; k < classes; k++) {
        double p = power(c, d[k]);
        sum += p;
        slope += p == 0 ? 0 : p / (1 + c + s * d[k]);
      }
      if (Math.abs(sum - 1) <= TOLERANCE) {
        return c;
      }
      // S falls as c rises where s > 0, and rises where s < 0.
      boolean tooMuch = sum > 1;
      if (tooMuch == s > 0) {
        low = c;
      } else {
        high = c;
      }
      double next = c + Math.expm1(s * Math.log(sum)) * sum / slope;
      if (!(next > low && next < high)) {
        next = 0.5 * (low + high);
      }
      if (next == c || high - low <= Math.ulp(high)) {
        return next;
      }
      c = next;
    }
    return c;
  }

  private double fixedPoint(double[] d, int classes) {
    double scale = 1;
    double z = 0;
    for (int i = 0; i <= iterations; i++) {
      z = 0;
      for (int k = 0; k < classes; k++) {
        z += Tempered.exp(t, -d[k] * scale);
      }
      scale = Math.pow(z, -s);
    }
    return -Tempered.log(t, 1 / z);
  }

  private double bisection(double[] d, int classes) {
    int reach = 0;
    for (int k = 0; k < classes; k++) {
      reach += d[k] < -1 / s ? 1 : 0;
    }
    double low = 0;
    double high = -Tempered.log(t, 1.0 / reach);
    for (int i = 0; i < iterations; i++) {
      double middle = 0.5 * (low + high);
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Tempered.exp(t, -d[k] - middle);
      }
      if (sum < 1) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return 0.5 * (low + high);
  }
}
