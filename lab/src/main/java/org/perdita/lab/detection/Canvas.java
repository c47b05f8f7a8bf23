package org.perdita.lab.detection;

import org.perdita.lab.data.Draw;

/**
 * A square picture that things are painted on, each over what is there. Edges are one pixel soft.
 * Only arithmetic whose bits are the same on every machine.
 */
final class Canvas {
  private static final int CHANNELS = 3;

  private final int side;

  /** Planes, 0 … 1. */
  private final double[][] plane;

  Canvas(int side) {
    this.side = side;
    this.plane = new double[CHANNELS][side * side];
  }

  /** How deep a point lies inside something, in pixels; negative outside. */
  private interface Depth {
    double at(double x, double y);
  }

  /** Four colours, one a corner, and noise. */
  void ground(Draw draw) {
    double[][] corner = new double[4][CHANNELS];
    for (double[] colour : corner) {
      for (int c = 0; c < CHANNELS; c++) {
        colour[c] = draw.uniform(0.2, 0.7);
      }
    }
    for (int p = 0; p < side * side; p++) {
      int row = p / side;
      double u = (p - row * side + 0.5) / side;
      double v = (row + 0.5) / side;
      double noise = 0.05 * draw.bell();
      for (int c = 0; c < CHANNELS; c++) {
        double top = corner[0][c] * (1 - u) + corner[1][c] * u;
        double bottom = corner[2][c] * (1 - u) + corner[3][c] * u;
        plane[c][p] = top * (1 - v) + bottom * v + noise;
      }
    }
  }

  /** A thin line across. */
  void line(Draw draw) {
    double x = draw.uniform(0, side);
    double y = draw.uniform(0, side);
    double dx = draw.uniform(-1, 1);
    double dy = draw.uniform(-1, 1);
    double length = Math.sqrt(dx * dx + dy * dy) + 1e-9;
    double half = draw.uniform(0.3, 0.8);
    double[] all = {0, 0, side, side};
    paint(
        all,
        colour(draw),
        0.8,
        (px, py) -> half - Math.abs((px - x) * dy - (py - y) * dx) / length);
  }

  /** A circle, of a size that an object might have. */
  void ring(Draw draw) {
    double r = draw.uniform(4, 10);
    double x = draw.uniform(0, side);
    double y = draw.uniform(0, side);
    double half = draw.uniform(0.4, 1);
    paint(
        around(x, y, r + half),
        colour(draw),
        0.8,
        (px, py) -> half - Math.abs(far(px - x, py - y) - r));
  }

  /** A dot smaller than any object. */
  void speck(Draw draw) {
    double r = draw.uniform(0.7, 2.3);
    double x = draw.uniform(0, side);
    double y = draw.uniform(0, side);
    paint(around(x, y, r), colour(draw), 0.9, (px, py) -> r - far(px - x, py - y));
  }

  private static double far(double dx, double dy) {
    return Math.sqrt(dx * dx + dy * dy);
  }

  private static double[] around(double x, double y, double r) {
    return new double[] {x - r, y - r, x + r, y + r};
  }

  /**
   * An object that fills {@code box}.
   *
   * @param kind 0 disc, 1 box, 2 triangle, 3 cross
   */
  void shape(int kind, double[] box, Draw draw) {
    double cx = (box[0] + box[2]) / 2;
    double cy = (box[1] + box[3]) / 2;
    double w = (box[2] - box[0]) / 2;
    double h = (box[3] - box[1]) / 2;
    Depth depth =
        switch (kind) {
          case 0 -> (x, y) -> (1 - far((x - cx) / w, (y - cy) / h)) * Math.min(w, h);
          case 1 -> (x, y) -> Math.min(w - Math.abs(x - cx), h - Math.abs(y - cy));
          case 2 ->
              (x, y) -> {
                double slant = (w * (y - box[1]) - 2 * h * Math.abs(x - cx)) / far(w, 2 * h);
                return Math.min(box[3] - y, slant);
              };
          default ->
              (x, y) -> {
                double bar = Math.min(w / 3 - Math.abs(x - cx), h - Math.abs(y - cy));
                double beam = Math.min(w - Math.abs(x - cx), h / 3 - Math.abs(y - cy));
                return Math.max(bar, beam);
              };
        };
    paint(box, colour(draw), 1, depth);
  }

  /** A colour that stands out: one channel high and one low. */
  private static double[] colour(Draw draw) {
    double[] colour = new double[CHANNELS];
    int high = draw.below(CHANNELS);
    int low = (high + 1 + draw.below(CHANNELS - 1)) % CHANNELS;
    for (int c = 0; c < CHANNELS; c++) {
      double other = c == low ? draw.uniform(0, 0.2) : draw.uniform(0.1, 0.9);
      colour[c] = c == high ? draw.uniform(0.75, 1) : other;
    }
    return colour;
  }

  /** Covers what is inside with a colour; {@code box} holds all of the inside. */
  private void paint(double[] box, double[] colour, double cover, Depth depth) {
    int x0 = Math.max(0, (int) Math.floor(box[0]) - 1);
    int y0 = Math.max(0, (int) Math.floor(box[1]) - 1);
    int x1 = Math.min(side, (int) Math.ceil(box[2]) + 1);
    int y1 = Math.min(side, (int) Math.ceil(box[3]) + 1);
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        double inside = depth.at(x + 0.5, y + 0.5) + 0.5;
        double alpha = cover * Math.max(0, Math.min(inside, 1));
        for (int c = 0; c < CHANNELS && alpha > 0; c++) {
          int at = y * side + x;
          plane[c][at] += alpha * (colour[c] - plane[c][at]);
        }
      }
    }
  }

  /** Planes of red, green, blue. */
  byte[] pixels() {
    int area = side * side;
    byte[] pixels = new byte[CHANNELS * area];
    for (int i = 0; i < pixels.length; i++) {
      double value = plane[i / area][i % area];
      pixels[i] = (byte) (int) (255 * Math.max(0, Math.min(value, 1)) + 0.5);
    }
    return pixels;
  }
}
