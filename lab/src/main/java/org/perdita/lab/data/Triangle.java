package org.perdita.lab.data;

import java.util.Arrays;

/**
 * A filled triangle, white on black, 28 × 28: its corners lie on a circle whose diameter is 0.75 of
 * the image's side, one in each third of it, and their mean is moved to the middle of the image.
 *
 * <p>It is the triangle of "Are GANs Created Equal?" as the authors' notebook draws it: corner i
 * stands at 120° · i + 10° + slack, with a slack below 110°, and all are turned together. The
 * notebook converts the turn to radians twice, so it is below 2π degrees and not below 2π radians;
 * followed here. A pixel is the share of its 8 × 8 sub-pixels whose middle is inside; the notebook
 * has one less that, black on white, with the same distances.
 *
 * @param slack1 where the first corner stands in its third, in degrees, in [0, 110]
 * @param slack2 so the second
 * @param slack3 so the third
 * @param turn in degrees, in [0, 2π]
 * @see <a href="https://github.com/google/compare_gan/tree/master/colabs">compare_gan,
 *     Convex_Polygons_Dataset.ipynb</a>
 */
record Triangle(double slack1, double slack2, double slack3, double turn) {
  static final int SIDE = 28;
  static final int PIXELS = SIDE * SIDE;
  static final double MOST_SLACK = 110;
  static final double MOST_TURN = 2 * Math.PI;

  private static final double LEAST = 10;
  private static final double RADIUS = 0.75 * SIDE / 2;
  private static final int SUB = 8;
  private static final float SHARE = 1f / (SUB * SUB);

  /** A random triangle, as the notebook draws it. */
  static Triangle draw(Draw draw) {
    return new Triangle(
        draw.uniform(0, MOST_SLACK),
        draw.uniform(0, MOST_SLACK),
        draw.uniform(0, MOST_SLACK),
        draw.uniform(0, MOST_TURN));
  }

  /** The picture, row by row, in [0, 1]; {@code into} is overwritten. */
  void paint(float[] into) {
    double[] x = new double[3];
    double[] y = new double[3];
    double[] slacks = {slack1, slack2, slack3};
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < 3; i++) {
      double angle = StrictMath.toRadians(120 * i + LEAST + slacks[i] - turn);
      x[i] = RADIUS * StrictMath.cos(angle);
      y[i] = RADIUS * StrictMath.sin(angle);
      meanX += x[i] / 3;
      meanY += y[i] / 3;
    }
    for (int i = 0; i < 3; i++) {
      x[i] = SUB * (x[i] - meanX + SIDE / 2.0);
      y[i] = SUB * (y[i] - meanY + SIDE / 2.0);
    }
    Arrays.fill(into, 0, PIXELS, 0);
    int last = Math.min(SUB * SIDE - 1, (int) Math.max(y[0], Math.max(y[1], y[2])));
    for (int row = (int) Math.max(0, Math.min(y[0], Math.min(y[1], y[2]))); row <= last; row++) {
      ink(into, row / SUB * SIDE, x, y, row + 0.5);
    }
  }

  /** Inks the sub-pixels between the two edges that a line of sub-pixels crosses. */
  private static void ink(float[] into, int pixelRow, double[] x, double[] y, double at) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      if (y[i] <= at != y[j] <= at) {
        double crossing = x[i] + (at - y[i]) / (y[j] - y[i]) * (x[j] - x[i]);
        left = Math.min(left, crossing);
        right = Math.max(right, crossing);
      }
    }
    int from = (int) Math.max(0, Math.ceil(left - 0.5));
    int to = (int) Math.min(SUB * SIDE, Math.ceil(right - 0.5));
    while (from < to) {
      int end = Math.min(to, (from / SUB + 1) * SUB);
      into[pixelRow + from / SUB] += (end - from) * SHARE;
      from = end;
    }
  }
}
