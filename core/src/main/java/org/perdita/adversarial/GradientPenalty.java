package org.perdita.adversarial;

import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Holds a critic Lipschitz by the size of its gradient in its input, sample by sample:
 *
 * <pre>    mean over samples of (√(Σ g² + ε) − target)²,    g = d critic(x) / d x of one sample
 * </pre>
 *
 * <p>The input is the critic's gradient at the {@link PenaltyPoints}, shape {@code [n, …]}: one
 * sample along axis 0. The result's gradient is with respect to that, in its shape; the engine
 * carries it on through its double backward. The norm is of one sample, never of the batch: a
 * 1-Lipschitz critic pays nothing at any batch size.
 *
 * <p>Value from 0 up, unbounded. ε keeps the square root's slope finite where g is 0: with ε = 0
 * the slope there is taken as 0. Published values of ε: none (the authors), 1e-4 (compare_gan),
 * 1e-10 (tfgan). The weight λ, 10 in the paper, is the caller's. With a target other than 1, tfgan
 * divides the norm by it instead: λ / target² gives its numbers.
 *
 * <p>Refuses: a target below 0, an ε below 0, gradients without a sample axis or without samples.
 *
 * {@snippet :
 * GradientPenalty penalty = GradientPenalty.wganGp();
 * Evaluation e = penalty.evaluate(Tensor.of(gradients, 64, 784)); // 10 * e.value() joins the critic's
 * }
 *
 * @param target the norm that costs nothing: 1 in the paper
 * @param sides whether a smaller norm costs too
 * @param epsilon added inside the square root
 * @see <a href="https://arxiv.org/abs/1704.00028">Gulrajani et al.: Improved training of
 *     Wasserstein GANs, 2017, equation 3</a>
 */
public record GradientPenalty(double target, Sides sides, double epsilon) {

  /** Which norms cost. */
  public enum Sides {
    /** Those above the target: (max(0, ‖g‖ − target))². */
    ONE,
    /** All but the target. */
    TWO
  }

  public GradientPenalty {
    Check.that(
        target >= 0 && target < Double.POSITIVE_INFINITY,
        "GradientPenalty",
        "target",
        target,
        "a finite number of 0 or more");
    Check.that(
        epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY,
        "GradientPenalty",
        "epsilon",
        epsilon,
        "a finite number of 0 or more");
  }

  /** Target 1, two-sided, ε = 1e-10. */
  public static GradientPenalty wganGp() {
    return new GradientPenalty(1, Sides.TWO, 1e-10);
  }

  /** The same for norms above the target only. */
  public GradientPenalty oneSided() {
    return new GradientPenalty(target, Sides.ONE, epsilon);
  }

  /** The same with another target. */
  public GradientPenalty withTarget(double target) {
    return new GradientPenalty(target, sides, epsilon);
  }

  /** The same with another ε. */
  public GradientPenalty withEpsilon(double epsilon) {
    return new GradientPenalty(target, sides, epsilon);
  }

  /** What a sample pays whose gradient's squares sum to {@code squares}. */
  public double cost(double squares) {
    double excess = excess(Math.sqrt(squares + epsilon));
    return excess * excess;
  }

  /** What each entry of that gradient is multiplied by for the cost's derivative in it. */
  public double slope(double squares) {
    double norm = Math.sqrt(squares + epsilon);
    return norm == 0 ? 0 : 2 * excess(norm) / norm;
  }

  private double excess(double norm) {
    double excess = norm - target;
    return sides == Sides.ONE && excess <= 0 ? 0 : excess;
  }

  /**
   * The penalty and its gradient.
   *
   * @param inputGradients d critic / d input, {@code [n, …]}
   */
  public Evaluation evaluate(Tensor inputGradients) {
    Check.that(
        inputGradients.rank() >= 1 && inputGradients.length(0) > 0,
        this,
        "inputGradients",
        inputGradients,
        "of shape [n, …] with at least one sample");
    int n = inputGradients.length(0);
    int each = inputGradients.size() / n;
    float[] g = inputGradients.toArray();
    double value = 0;
    for (int i = 0; i < n; i++) {
      double squares = squares(g, i * each, (i + 1) * each);
      value += cost(squares) / n;
      double by = slope(squares) / n;
      for (int j = i * each; j < (i + 1) * each; j++) {
        g[j] = (float) (by * g[j]);
      }
    }
    return new Evaluation(value, Tensor.of(g, inputGradients.shape()));
  }

  /** Σ g², in four lanes. */
  private static double squares(float[] g, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = from;
    for (; j + 3 < to; j += 4) {
      a += (double) g[j] * g[j];
      b += (double) g[j + 1] * g[j + 1];
      c += (double) g[j + 2] * g[j + 2];
      d += (double) g[j + 3] * g[j + 3];
    }
    for (; j < to; j++) {
      a += (double) g[j] * g[j];
    }
    return a + b + c + d;
  }
}
