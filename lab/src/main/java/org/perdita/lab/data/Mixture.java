package org.perdita.lab.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Normal blobs in the plane, all of one standard deviation: the toys on which one sees whether a
 * generator finds every mode.
 *
 * @param modes where they are; one that stands there twice is drawn twice as often
 * @param deviation the standard deviation of each, in both directions
 */
public record Mixture(List<Mode> modes, double deviation) {

  public Mixture {
    modes = List.copyOf(modes);
    if (modes.isEmpty() || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Mixture: there must be a mode and a deviation above 0, was " + modes + ", " + deviation);
    }
  }

  /** A centre. */
  public record Mode(double x, double y) {}

  /** {@code count} modes evenly on a circle of radius 1. */
  public static Mixture ring(int count, double deviation) {
    List<Mode> modes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      modes.add(onCircle(i / (double) count));
    }
    return new Mixture(modes, deviation);
  }

  /**
   * The ring as the LSGAN authors' code draws it: its angles run from 0 to 2π with both ends, so
   * the first mode stands there twice and has 2 of {@code count} + 1 parts.
   */
  public static Mixture ringWithARepeatedMode(int count, double deviation) {
    List<Mode> modes = new ArrayList<>(ring(count, deviation).modes());
    modes.add(modes.get(0));
    return new Mixture(modes, deviation);
  }

  /** {@code side} × {@code side} modes evenly on the square from −1 to 1. */
  public static Mixture grid(int side, double deviation) {
    List<Mode> modes = new ArrayList<>();
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        modes.add(new Mode(2.0 * column / (side - 1) - 1, 2.0 * row / (side - 1) - 1));
      }
    }
    return new Mixture(modes, deviation);
  }

  private static Mode onCircle(double turn) {
    return new Mode(StrictMath.cos(2 * Math.PI * turn), StrictMath.sin(2 * Math.PI * turn));
  }

  /** {@code n} points, as x and y one after the other. */
  public float[] draw(int n, Draw draw) {
    float[] points = new float[2 * n];
    for (int i = 0; i < n; i++) {
      Mode mode = modes.get(draw.below(modes.size()));
      points[2 * i] = (float) (mode.x() + deviation * draw.normal());
      points[2 * i + 1] = (float) (mode.y() + deviation * draw.normal());
    }
    return points;
  }

  /** The centres, each once, as x and y one after the other. */
  public double[] centres() {
    return modes.stream()
        .distinct()
        .flatMapToDouble(m -> Arrays.stream(new double[] {m.x(), m.y()}))
        .toArray();
  }

  /** The share of each of {@link #centres}. */
  public double[] shares() {
    return modes.stream()
        .distinct()
        .mapToDouble(m -> modes.stream().filter(m::equals).count() / (double) modes.size())
        .toArray();
  }
}
