package org.perdita.lab.metrics;

/** Mean and covariance, which is all that a Fréchet distance looks at. */
public final class Moments {
  private final double[] mean;
  private final double[] covariance;

  /**
   * Moments known beforehand.
   *
   * @param mean d numbers
   * @param covariance d · d numbers, row by row
   */
  public Moments(double[] mean, double[] covariance) {
    if (mean.length == 0 || covariance.length != mean.length * mean.length) {
      throw new IllegalArgumentException(
          ("Moments: covariance must have " + mean.length + " × " + mean.length + " numbers")
              + (", had " + covariance.length));
    }
    this.mean = mean.clone();
    this.covariance = covariance.clone();
  }

  /**
   * The moments of {@code features}, with the unbiased covariance (divided by n − 1).
   *
   * @throws IllegalArgumentException if there are fewer than two samples
   */
  public static Moments of(Features features) {
    int n = features.count();
    int d = features.dimensions();
    if (n < 2) {
      throw new IllegalArgumentException("Moments: samples must be at least 2, were " + n);
    }
    double[] mean = new double[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        mean[j] += features.get(i, j) / n;
      }
    }
    double[] covariance = new double[d * d];
    double[] centred = new double[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        centred[j] = features.get(i, j) - mean[j];
      }
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          covariance[j * d + k] += centred[j] * centred[k];
        }
      }
    }
    for (int j = 0; j < d * d; j++) {
      covariance[j] /= n - 1;
    }
    return new Moments(mean, covariance);
  }

  /** The mean; a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** The covariance, row by row; a copy. */
  public double[] covariance() {
    return covariance.clone();
  }
}
