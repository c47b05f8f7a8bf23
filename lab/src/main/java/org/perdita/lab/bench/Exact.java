package org.perdita.lab.bench;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The losses in double, each from its definition, arranged so that nothing cancels: what the float
 * kernels are held to.
 */
final class Exact {
  private Exact() {}

  /** A value and the derivative by the one logit that is asked about. */
  record Slope(double value, double gradient) {}

  /** Sigmoid focal loss of logit x and target 0 or 1: alpha_t (1 − p_t)^gamma (−log p_t). */
  static Slope focal(double alpha, double gamma, double x, boolean positive) {
    double s = positive ? x : -x;
    double surprise = softplus(-s);
    double wrong = Math.exp(-softplus(s));
    double right = Math.exp(-surprise);
    double weight = (positive ? alpha : 1 - alpha) * Math.exp(-gamma * softplus(s));
    double slope = -weight * (gamma * right * surprise + wrong);
    return new Slope(weight * surprise, positive ? slope : -slope);
  }

  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }

  /** Cross-entropy of one row, and the derivative by its label's logit. */
  static Slope crossEntropy(float[] x, int label) {
    double odds = others(x, label, lead -> Math.exp(-lead));
    return new Slope(Math.log1p(odds), -odds / (1 + odds));
  }

  /**
   * The bi-tempered loss of one row for t1 below 1 and t2 above 1, and the derivative by its
   * label's logit, which must be the largest. With p = exp_t2(−d) for the label's probability, d is
   * found by bisection from what the other classes hold, so 1 − p keeps its digits.
   */
  static Slope biTempered(double t1, double t2, float[] x, int label) {
    double low = 0;
    double high = (Math.pow(x.length, t2 - 1) - 1) / (t2 - 1);
    for (int i = 0; i < 300 && Math.nextUp(low) < high; i++) {
      double d = low == 0 ? high / 1024 : low + (high - low) / 2;
      double rest = others(x, label, lead -> tempered(t2, -lead - d));
      if (rest > missing(t2, d)) {
        low = d;
      } else {
        high = d;
      }
    }
    double d = high;
    double log = -Math.log1p((t2 - 1) * d) / (t2 - 1);
    double rest = others(x, label, lead -> tempered(t2, -lead - d));
    double powers = others(x, label, lead -> Math.pow(tempered(t2, -lead - d), 2 - t1));
    double value =
        -Math.expm1((1 - t1) * log) / (1 - t1) + (Math.expm1((2 - t1) * log) + powers) / (2 - t1);

    double escorts = others(x, label, lead -> Math.pow(tempered(t2, -lead - d), t2));
    double own = Math.exp(t2 * log);
    double delta = -rest * Math.exp((t2 - t1) * log);
    double deltas = others(x, label, lead -> Math.pow(tempered(t2, -lead - d), 1 + t2 - t1));
    double gradient = (delta * escorts - own * deltas) / (own + escorts);
    return new Slope(value, gradient);
  }

  /** exp_t(u). */
  private static double tempered(double t, double u) {
    return Math.exp(-Math.log1p((t - 1) * -u) / (t - 1));
  }

  /** 1 − exp_t(−d). */
  private static double missing(double t, double d) {
    return -Math.expm1(-Math.log1p((t - 1) * d) / (t - 1));
  }

  /** Σ f(x[label] − x[k]) over the other classes. */
  private static double others(float[] x, int label, DoubleUnaryOperator f) {
    return IntStream.range(0, x.length)
        .filter(k -> k != label)
        .mapToDouble(k -> f.applyAsDouble((double) x[label] - x[k]))
        .sum();
  }
}
