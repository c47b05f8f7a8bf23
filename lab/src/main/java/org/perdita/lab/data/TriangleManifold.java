package org.perdita.lab.data;

import java.util.Arrays;

/**
 * All {@link Triangles}, and how far a picture is from them: the least Euclidean distance over the
 * pixels to any triangle that can be drawn.
 *
 * <p>Found by search over the three corners and the turn: the nearest two of a grid of 512
 * triangles, then from each a compass search – one number up or down by a step, the step halved
 * when nothing helps – from 8 degrees to 1/8 of one. The search may end above the least distance,
 * never below it.
 */
public final class TriangleManifold {
  private static final int GRID = 8;
  private static final int STARTS = 2;
  private static final double FIRST_STEP = 8;
  private static final double LAST_STEP = 0.125;

  private final Triangle[] triangles = new Triangle[GRID * GRID * GRID];
  private final float[][] pictures = new float[triangles.length][Triangle.PIXELS];

  /** The manifold, with its grid painted. */
  public TriangleManifold() {
    for (int i = 0; i < triangles.length; i++) {
      triangles[i] =
          new Triangle(
              middle(i / GRID / GRID),
              middle(i / GRID % GRID),
              middle(i % GRID),
              Triangle.MOST_TURN / 2);
      triangles[i].paint(pictures[i]);
    }
  }

  private static double middle(int place) {
    return (place + 0.5) / GRID * Triangle.MOST_SLACK;
  }

  /** Where a search ends. */
  private record Found(Triangle triangle, double squaredDistance) {}

  /**
   * The distance of one picture.
   *
   * @param images pictures one after the other, 28 · 28 numbers each
   * @param at where the picture begins
   */
  public double distance(float[] images, int at) {
    return Math.sqrt(nearest(images, at).squaredDistance());
  }

  /** The nearest triangle that the search finds, painted. */
  public float[] projection(float[] images, int at) {
    float[] painted = new float[Triangle.PIXELS];
    nearest(images, at).triangle().paint(painted);
    return painted;
  }

  /** The distance of each picture. */
  public double[] distances(float[] images) {
    double[] distances = new double[images.length / Triangle.PIXELS];
    Arrays.setAll(distances, i -> distance(images, i * Triangle.PIXELS));
    return distances;
  }

  private Found nearest(float[] images, int at) {
    double[] squares = new double[triangles.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = squared(images, at, pictures[i]);
    }
    Found best = new Found(triangles[0], Double.POSITIVE_INFINITY);
    for (int start = 0; start < STARTS; start++) {
      int from = 0;
      for (int i = 1; i < squares.length; i++) {
        from = squares[i] < squares[from] ? i : from;
      }
      Found found = search(new Found(triangles[from], squares[from]), images, at);
      best = found.squaredDistance() < best.squaredDistance() ? found : best;
      squares[from] = Double.POSITIVE_INFINITY;
    }
    return best;
  }

  private static Found search(Found from, float[] images, int at) {
    float[] painted = new float[Triangle.PIXELS];
    Found best = from;
    for (double step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
      boolean moved = true;
      while (moved) {
        moved = false;
        for (int which = 0; which < 8; which++) {
          Triangle next = moved(best.triangle(), which / 2, which % 2 == 0 ? step : -step);
          next.paint(painted);
          double square = squared(images, at, painted);
          if (square < best.squaredDistance()) {
            best = new Found(next, square);
            moved = true;
          }
        }
      }
    }
    return best;
  }

  private static Triangle moved(Triangle t, int which, double by) {
    return switch (which) {
      case 0 -> new Triangle(slack(t.slack1() + by), t.slack2(), t.slack3(), t.turn());
      case 1 -> new Triangle(t.slack1(), slack(t.slack2() + by), t.slack3(), t.turn());
      case 2 -> new Triangle(t.slack1(), t.slack2(), slack(t.slack3() + by), t.turn());
      default ->
          new Triangle(
              t.slack1(),
              t.slack2(),
              t.slack3(),
              Math.max(0, Math.min(t.turn() + by, Triangle.MOST_TURN)));
    };
  }

  private static double slack(double degrees) {
    return Math.max(0, Math.min(degrees, Triangle.MOST_SLACK));
  }

  /** The squared distance; infinite where the picture has a number that is none. */
  private static double squared(float[] images, int at, float[] other) {
    double sum = 0;
    for (int p = 0; p < Triangle.PIXELS; p++) {
      double d = images[at + p] - other[p];
      sum += d * d;
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }
}
