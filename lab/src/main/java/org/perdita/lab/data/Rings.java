package org.perdita.lab.data;

/**
 * The two-dimensional two-class set of the bi-tempered loss's demonstration: a disc (class 0)
 * inside a ring (class 1), with a gap between them.
 *
 * <p>On a canvas of 256 × 256 pixels around its centre, radii are uniform in [0, 0.2) · 256 for the
 * disc and in [0.33, 0.48) · 256 for the ring, angles are uniform, and points lie on whole pixels.
 * The network sees (pixel − 128) · 14 / 256. Points alternate, ring first.
 *
 * @see <a href="https://github.com/google/bi-tempered-loss">google/bi-tempered-loss, index.js</a>
 */
public final class Rings {
  /** The ring starts here, as a fraction of the canvas. */
  static final double RING_INNER = 0.33;

  /** The ring ends here. */
  static final double RING_OUTER = 0.48;

  /** The disc ends here. */
  static final double DISC_OUTER = 0.2;

  private static final int CANVAS = 256;
  private static final double EXTENT = 14;
  private static final long STREAM = 201;

  private final float[] coordinates;
  private final double[] radii;
  private final int[] labels;

  private Rings(int n) {
    coordinates = new float[2 * n];
    radii = new double[n];
    labels = new int[n];
  }

  /**
   * {@code n} points, as many of each class to within one.
   *
   * @param n how many; the demonstration has 1000
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public static Rings draw(int n, long seed) {
    if (n < 0) {
      throw new IllegalArgumentException("Rings: n must be 0 or more, was " + n);
    }
    Rings rings = new Rings(n);
    Draw draw = Draw.of(seed, STREAM);
    for (int i = 0; i < n; i++) {
      boolean ring = i % 2 == 0;
      double radius = ring ? draw.uniform(RING_INNER, RING_OUTER) : draw.uniform(0, DISC_OUTER);
      double angle = draw.uniform(0, 2 * Math.PI);
      rings.labels[i] = ring ? 1 : 0;
      rings.radii[i] = radius;
      rings.coordinates[2 * i] = coordinate(radius * StrictMath.cos(angle));
      rings.coordinates[2 * i + 1] = coordinate(radius * StrictMath.sin(angle));
    }
    return rings;
  }

  private static float coordinate(double fraction) {
    return (float) (Math.round(fraction * CANVAS) * (EXTENT / CANVAS));
  }

  /** The canvas is a square from −7 to 7 in both coordinates. */
  public static double extent() {
    return EXTENT / 2;
  }

  /** How many points there are. */
  public int size() {
    return labels.length;
  }

  /** x and y, point after point: shape {@code [n, 2]}; a copy. */
  public float[] coordinates() {
    return coordinates.clone();
  }

  /** 0 for the disc, 1 for the ring; a copy. */
  public int[] labels() {
    return labels.clone();
  }

  /** The radius point {@code i} was drawn with, as a fraction of the canvas. */
  double radius(int i) {
    return radii[i];
  }
}
