package org.perdita.lab.metrics;

import java.util.Arrays;

/** Samples as vectors of one length, in double. */
public final class Features {
  private final int count;
  private final int dimensions;
  private final double[] values;

  private Features(int count, int dimensions, double[] values) {
    this.count = count;
    this.dimensions = dimensions;
    this.values = values;
  }

  /**
   * The samples in {@code values}, one after the other; copied.
   *
   * @throws IllegalArgumentException if there is no sample, the numbers do not fill the last one,
   *     or a number is not finite
   */
  public static Features of(double[] values, int dimensions) {
    if (dimensions < 1 || values.length == 0 || values.length % dimensions != 0) {
      throw new IllegalArgumentException(
          ("Features: values must be whole samples of " + dimensions + " numbers, at least one")
              + (", were " + values.length + " numbers"));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            ("Features: sample " + i / dimensions + ", feature " + i % dimensions)
                + (" must be finite, was " + values[i]));
      }
    }
    return new Features(values.length / dimensions, dimensions, values.clone());
  }

  /** As {@link #of(double[], int)}, from floats. */
  public static Features of(float[] values, int dimensions) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return of(wide, dimensions);
  }

  /** How many samples. */
  public int count() {
    return count;
  }

  /** How many numbers a sample has. */
  public int dimensions() {
    return dimensions;
  }

  /** One number of one sample. */
  public double get(int sample, int feature) {
    return values[sample * dimensions + feature];
  }

  /** ‖x − y‖² for sample {@code i} of this and sample {@code j} of {@code other}. */
  double squaredDistance(int i, Features other, int j) {
    double sum = 0;
    int a = i * dimensions;
    int b = j * dimensions;
    for (int k = 0; k < dimensions; k++) {
      double d = values[a + k] - other.values[b + k];
      sum += d * d;
    }
    return sum;
  }

  /** x · y for sample {@code i} of this and sample {@code j} of {@code other}. */
  double product(int i, Features other, int j) {
    double sum = 0;
    int a = i * dimensions;
    int b = j * dimensions;
    for (int k = 0; k < dimensions; k++) {
      sum += values[a + k] * other.values[b + k];
    }
    return sum;
  }

  /** Refuses samples that cannot be compared, or too few of them. */
  static void requirePair(String who, Features a, Features b, int least) {
    if (a.dimensions != b.dimensions) {
      throw new IllegalArgumentException(
          who
              + ": both must have as many dimensions, had "
              + a.dimensions
              + " and "
              + b.dimensions);
    }
    if (Math.min(a.count, b.count) < least) {
      throw new IllegalArgumentException(
          who
              + ": each must have at least "
              + least
              + " samples, had "
              + a.count
              + " and "
              + b.count);
    }
  }
}
