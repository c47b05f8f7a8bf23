package org.perdita.lab.metrics;

import java.util.Arrays;

/**
 * How much of what is generated is right, and how much of what is right is generated.
 *
 * @param precision the share of generated samples that lie where real ones do
 * @param recall the share of real samples that lie where generated ones do
 */
public record PrecisionRecall(double precision, double recall) {

  /** The harmonic mean of both; 0 if both are 0. */
  public double f1() {
    double sum = precision + recall;
    return sum == 0 ? 0 : 2 * precision * recall / sum;
  }

  /**
   * On a manifold that is known: a sample lies where the others do if its distance is {@code delta}
   * or less.
   *
   * @param generated each generated sample's distance to the manifold
   * @param real each real sample's distance to what the generator can make
   * @see <a href="https://arxiv.org/abs/1711.10337">Lucic et al.: Are GANs created equal?, 2018,
   *     section 5.2</a>
   */
  public static PrecisionRecall within(double delta, double[] generated, double[] real) {
    return new PrecisionRecall(share(generated, delta), share(real, delta));
  }

  /**
   * On features: a sample lies where the others do if some other is at least as far from its own
   * {@code k}-th nearest neighbour as from this sample.
   *
   * @param k 3 in the paper
   * @throws IllegalArgumentException if a set has not more than {@code k} samples, or dimensions
   *     differ
   * @see <a href="https://arxiv.org/abs/1904.06991">Kynkäänniemi et al.: Improved precision and
   *     recall metric for assessing generative models, 2019, equations 1 and 2</a>
   */
  public static PrecisionRecall ofNeighbours(int k, Features real, Features generated) {
    if (k < 1) {
      throw new IllegalArgumentException("PrecisionRecall: k must be 1 or more, was " + k);
    }
    Features.requirePair("PrecisionRecall", real, generated, k + 1);
    return new PrecisionRecall(covered(generated, real, k), covered(real, generated, k));
  }

  private static double share(double[] distances, double delta) {
    if (distances.length == 0) {
      throw new IllegalArgumentException(
          "PrecisionRecall: distances must be at least one, was none");
    }
    return Arrays.stream(distances).filter(d -> d <= delta).count() / (double) distances.length;
  }

  /** The share of {@code samples} inside the ball of some one of {@code balls}. */
  private static double covered(Features samples, Features balls, int k) {
    double[] radii = new double[balls.count()];
    for (int i = 0; i < radii.length; i++) {
      radii[i] = squaredRadius(balls, i, k);
    }
    int inside = 0;
    for (int i = 0; i < samples.count(); i++) {
      for (int j = 0; j < radii.length; j++) {
        if (samples.squaredDistance(i, balls, j) <= radii[j]) {
          inside++;
          break;
        }
      }
    }
    return inside / (double) samples.count();
  }

  /** The squared distance to the k-th nearest of the others. */
  private static double squaredRadius(Features all, int i, int k) {
    double[] others = new double[all.count() - 1];
    for (int j = 0; j < all.count(); j++) {
      if (j != i) {
        others[j < i ? j : j - 1] = all.squaredDistance(i, all, j);
      }
    }
    Arrays.sort(others);
    return others[k - 1];
  }
}
