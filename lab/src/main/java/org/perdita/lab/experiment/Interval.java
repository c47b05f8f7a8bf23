package org.perdita.lab.experiment;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over seeds with its 95 % interval, by Student's t; or what a search finds, see {@link
 * BestOfSearch}.
 *
 * @param mean the mean
 * @param low the interval's lower end; −∞ from a single seed
 * @param high the interval's upper end; +∞ from a single seed
 * @param seeds how many numbers it is made from
 */
public record Interval(double mean, double low, double high, int seeds) {

  /** The interval of {@code numbers}, at least one. */
  public static Interval of(double... numbers) {
    int n = numbers.length;
    if (n == 0) {
      throw new IllegalArgumentException("Interval: numbers must be at least one, was none");
    }
    // From the first on, so that equal numbers have that number for mean and no width at all.
    double sum = 0;
    for (double x : numbers) {
      sum += x - numbers[0];
    }
    double mean = numbers[0] + sum / n;
    if (n == 1) {
      return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1);
    }
    double squares = 0;
    for (double x : numbers) {
      squares += (x - mean) * (x - mean);
    }
    double error = Math.sqrt(squares / (n - 1) / n);
    double t = TDistribution.of(n - 1).inverseCumulativeProbability(0.975);
    return new Interval(mean, mean - t * error, mean + t * error, n);
  }
}
