package org.perdita.lab.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Rendered hair with its known alpha: a head of more than a thousand strands over a textured
 * background, with loose strands thinner than a pixel standing off it.
 */
public final class Hair {
  private static final int HEAD_STRANDS = 1100;
  private static final int LOOSE_STRANDS = 45;

  private Hair() {}

  /**
   * Images.
   *
   * @param seed of all of them
   * @param count how many
   * @param side rows and columns
   */
  public static List<Matte> draw(long seed, int count, int side) {
    List<Matte> mattes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mattes.add(draw(Draw.of(seed, i), "hair " + (i + 1), side));
    }
    return mattes;
  }

  private static Matte draw(Draw draw, String name, int side) {
    int area = side * side;
    double[] depth = new double[area];
    double[] shade = new double[area];
    double unit = side / 64.0;
    double x0 = side * draw.uniform(0.3, 0.7);
    double y0 = side * draw.uniform(0.55, 0.85);
    double radius = side * draw.uniform(0.24, 0.32);
    double comb = draw.uniform(-0.5, 0.5);
    for (int i = 0; i < HEAD_STRANDS + LOOSE_STRANDS; i++) {
      boolean loose = i >= HEAD_STRANDS;
      double angle = draw.uniform(-Math.PI, Math.PI);
      double r = loose ? radius * 0.9 : radius * Math.sqrt(draw.uniform());
      double x = x0 + r * Math.cos(angle);
      double y = y0 + r * Math.sin(angle);
      double heading = loose ? angle + 0.5 * draw.bell() : angle + comb + 0.25 * draw.bell();
      double bend = draw.uniform(-0.06, 0.06) / unit;
      double length = unit * (loose ? draw.uniform(12, 30) : draw.uniform(3, 8));
      double width = unit * (loose ? draw.uniform(0.45, 0.9) : 1.1);
      strand(depth, shade, side, x, y, heading, bend, length, width, draw.uniform(0.5, 1.3));
    }
    double[] hair = hairColour(draw);
    float[] rgb = background(draw, side, hair);
    float[] alpha = new float[area];
    for (int i = 0; i < area; i++) {
      double a = 1 - Math.exp(-2.2 * depth[i]);
      alpha[i] = (float) (a < 0.004 ? 0 : a);
      double light = depth[i] > 0 ? shade[i] / depth[i] : 0;
      for (int c = 0; c < 3; c++) {
        double behind = rgb[c * area + i];
        double seen = alpha[i] * hair[c] * light + (1 - alpha[i]) * behind + 0.015 * draw.bell();
        rgb[c * area + i] = (float) Math.max(0, Math.min(1, seen));
      }
    }
    return new Matte(name, side, side, rgb, alpha);
  }

  /** Lays a curved strand down in steps of a third of a pixel, tapering to its end. */
  private static void strand(
      double[] depth,
      double[] shade,
      int side,
      double x,
      double y,
      double heading,
      double bend,
      double length,
      double width,
      double light) {
    double step = 1 / 3.0;
    int steps = (int) (length / step);
    double px = x;
    double py = y;
    double direction = heading;
    for (int s = 0; s < steps; s++) {
      double taper = Math.min(1, 2.5 * (1 - s / (double) steps));
      splat(depth, shade, side, px, py, step * width * taper, light);
      px += step * Math.cos(direction);
      py += step * Math.sin(direction);
      direction += bend * step;
    }
  }

  /** Spreads {@code amount} over the four pixels around a point. */
  private static void splat(
      double[] depth, double[] shade, int side, double x, double y, double amount, double light) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    for (int k = 0; k < 4; k++) {
      int c = column + k % 2;
      int r = row + k / 2;
      if (c >= 0 && c < side && r >= 0 && r < side) {
        double share = (1 - Math.abs(x - c)) * (1 - Math.abs(y - r)) * amount;
        depth[r * side + c] += share;
        shade[r * side + c] += share * light;
      }
    }
  }

  private static double[] hairColour(Draw draw) {
    double[][] colours = {{0.16, 0.1, 0.07}, {0.75, 0.6, 0.35}, {0.45, 0.2, 0.1}, {0.3, 0.3, 0.32}};
    double[] colour = colours[draw.below(colours.length)].clone();
    for (int c = 0; c < 3; c++) {
      colour[c] *= draw.uniform(0.85, 1.15);
    }
    return colour;
  }

  /** Smooth shades with waves and a few edges, away from the hair's colour. */
  private static float[] background(Draw draw, int side, double[] hair) {
    int area = side * side;
    float[] rgb = new float[3 * area];
    double hairLight = (hair[0] + hair[1] + hair[2]) / 3;
    double[][] waves = new double[4][];
    for (int k = 0; k < waves.length; k++) {
      double frequency = draw.uniform(1, 5) * (k + 1);
      double angle = draw.uniform(0, Math.PI);
      waves[k] =
          new double[] {
            frequency * Math.cos(angle),
            frequency * Math.sin(angle),
            draw.uniform(0, 6),
            0.1 / (k + 1)
          };
    }
    double[] edge = {draw.uniform(-1, 1), draw.uniform(-1, 1), draw.uniform(0.2, 0.8), draw.bell()};
    for (int c = 0; c < 3; c++) {
      double base = hairLight > 0.4 ? draw.uniform(0.1, 0.4) : draw.uniform(0.45, 0.9);
      for (int i = 0; i < area; i++) {
        int row = i / side;
        double v = row / (double) side;
        double u = i % side / (double) side;
        double value = base;
        for (double[] wave : waves) {
          value += wave[3] * Math.sin(6.28 * (wave[0] * u + wave[1] * v) + wave[2] + c);
        }
        value += edge[0] * u + edge[1] * v > (edge[0] + edge[1]) * edge[2] ? 0.08 * edge[3] : 0;
        rgb[c * area + i] = (float) value;
      }
    }
    return rgb;
  }
}
