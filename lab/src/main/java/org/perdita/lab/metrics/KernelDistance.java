package org.perdita.lab.metrics;

/**
 * The squared maximum mean discrepancy under the kernel k(x, y) = (x · y / d + 1)³, estimated
 * without bias from all pairs of different samples:
 *
 * <pre>    mean over i ≠ j of k(xᵢ, xⱼ) + mean over i ≠ j of k(yᵢ, yⱼ) − 2 mean of k(xᵢ, yⱼ)
 * </pre>
 *
 * <p>It is the kernel inception distance, KID, on Inception's features, and has no name on others.
 * Around 0 for equal distributions, negative as often as positive: that is what unbiased means. The
 * expectation does not depend on the number of samples.
 *
 * @see <a href="https://arxiv.org/abs/1801.01401">Bińkowski, Sutherland, Arbel, Gretton:
 *     Demystifying MMD GANs, 2018, section 4</a>
 */
public final class KernelDistance {
  private KernelDistance() {}

  /** The estimate from two sets of samples, each of at least two. */
  public static double of(Features a, Features b) {
    Features.requirePair("KernelDistance", a, b, 2);
    return within(a) + within(b) - 2 * between(a, b);
  }

  private static double within(Features a) {
    double sum = 0;
    for (int i = 0; i < a.count(); i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * kernel(a, i, a, j);
      }
    }
    return sum / a.count() / (a.count() - 1);
  }

  private static double between(Features a, Features b) {
    double sum = 0;
    for (int i = 0; i < a.count(); i++) {
      for (int j = 0; j < b.count(); j++) {
        sum += kernel(a, i, b, j);
      }
    }
    return sum / a.count() / b.count();
  }

  private static double kernel(Features a, int i, Features b, int j) {
    double base = a.product(i, b, j) / a.dimensions() + 1;
    return base * base * base;
  }
}
