package org.perdita.lab.metrics;

import java.util.Arrays;

/**
 * The sliced Wasserstein-1 distance of points in the plane: the mean, over directions evenly around
 * the half circle, of the earth mover's distance of both sets projected on the direction. In the
 * points' units, from 0 up; 0 between a set and itself. Between two finite draws of one
 * distribution it is a little above 0.
 *
 * @see <a href="https://doi.org/10.1007/s10851-014-0506-3">Bonneel, Rabin, Peyré, Pfister: Sliced
 *     and Radon Wasserstein barycenters of measures, 2015</a>
 */
public final class SlicedDistance {
  private static final int DIRECTIONS = 32;

  private SlicedDistance() {}

  /**
   * The distance of two sets of as many points.
   *
   * @throws IllegalArgumentException if they are not points of two numbers, or not as many
   */
  public static double of(Features a, Features b) {
    Features.requirePair("SlicedDistance", a, b, 1);
    if (a.dimensions() != 2 || a.count() != b.count()) {
      throw new IllegalArgumentException(
          "SlicedDistance: both must be as many points of 2 numbers, were "
              + a.count()
              + " and "
              + b.count()
              + " of "
              + a.dimensions());
    }
    double sum = 0;
    for (int d = 0; d < DIRECTIONS; d++) {
      double angle = Math.PI * d / DIRECTIONS;
      double[] first = projected(a, angle);
      double[] second = projected(b, angle);
      double moved = 0;
      for (int i = 0; i < first.length; i++) {
        moved += Math.abs(first[i] - second[i]);
      }
      sum += moved / first.length;
    }
    return sum / DIRECTIONS;
  }

  private static double[] projected(Features points, double angle) {
    double x = StrictMath.cos(angle);
    double y = StrictMath.sin(angle);
    double[] line = new double[points.count()];
    Arrays.setAll(line, i -> x * points.get(i, 0) + y * points.get(i, 1));
    Arrays.sort(line);
    return line;
  }
}
