package org.perdita.lab.data;

import java.util.List;
import org.perdita.perceptual.Image;

/**
 * Pictures with a manner of their own, drawn by the program: styles to take over where no painting
 * may be shipped.
 */
public final class Paintings {
  private static final int FINE = 2;

  /** What there is. */
  public static final List<String> NAMES = List.of("swirls", "mosaic", "hatching");

  private Paintings() {}

  /**
   * A painting.
   *
   * @param name one of {@link #NAMES}
   * @param seed which one of them
   */
  public static Image draw(String name, long seed, int height, int width) {
    Draw draw = Draw.of(seed, 613, name.hashCode());
    Painter painter =
        switch (name) {
          case "swirls" -> swirls(draw);
          case "mosaic" -> mosaic(draw);
          case "hatching" -> hatching(draw);
          default -> throw new IllegalArgumentException("Paintings: there is no " + name);
        };
    return painter.pixels(height, width, FINE);
  }

  private static final List<Colour> NIGHT =
      List.of(
          new Colour(0.05, 0.08, 0.25),
          new Colour(0.1, 0.25, 0.55),
          new Colour(0.25, 0.5, 0.75),
          new Colour(0.95, 0.85, 0.35),
          new Colour(0.95, 0.95, 0.8));

  /** Brush strokes that follow a turning flow. */
  private static Painter swirls(Draw draw) {
    ValueNoise noise = new ValueNoise(draw.bits());
    double[][] eyes = new double[7][];
    for (int i = 0; i < eyes.length; i++) {
      double spin = draw.chance(0.5) ? 1 : -1;
      eyes[i] =
          new double[] {
            draw.uniform(-0.1, 1.4), draw.uniform(-0.1, 1.1), spin, draw.uniform(0.08, 0.25)
          };
    }
    return (u, v) -> {
      double fu = 1;
      double fv = 0.3;
      double glow = 0;
      for (double[] eye : eyes) {
        double x = u - eye[0];
        double y = v - eye[1];
        double near = Math.exp(-(x * x + y * y) / (eye[3] * eye[3]));
        fu -= 14 * eye[2] * near * y / eye[3] * 0.5;
        fv += 14 * eye[2] * near * x / eye[3] * 0.5;
        glow = Math.max(glow, eye[2] > 0 ? near : 0);
      }
      double length = Math.hypot(fu, fv);
      double along = (fu * u + fv * v) / length;
      double across = (fu * v - fv * u) / length;
      double stroke = noise.fractal(7 * along, 42 * across, 2);
      double tone = 0.55 * noise.fractal(3 * u, 3 * v, 3) + 0.75 * (stroke - 0.5) + 0.2;
      return palette(NIGHT, tone + 0.75 * glow * glow).times(0.75 + 0.5 * stroke);
    };
  }

  /** Irregular tiles in warm and cold colours, with dark joints. */
  private static Painter mosaic(Draw draw) {
    ValueNoise heights = new ValueNoise(draw.bits());
    ValueNoise tones = new ValueNoise(draw.bits());
    double tiles = 17;
    return (u, v) -> {
      long iu = (long) Math.floor(tiles * u);
      long iv = (long) Math.floor(tiles * v);
      double first = 9;
      double second = 9;
      double hue = 0;
      double value = 0;
      for (long i = iu - 1; i <= iu + 1; i++) {
        for (long j = iv - 1; j <= iv + 1; j++) {
          double x = i + 0.5 + 0.8 * (heights.height(2 * i, j) - 0.5);
          double y = j + 0.5 + 0.8 * (heights.height(2 * i + 1, j) - 0.5);
          double distance = Math.hypot(tiles * u - x, tiles * v - y);
          if (distance < first) {
            second = first;
            first = distance;
            double where = tones.fractal(0.16 * i, 0.16 * j, 2);
            hue = where < 0.5 ? 0.55 + 0.1 * tones.height(i, j) : 0.03 + 0.09 * tones.height(i, j);
            value = 0.5 + 0.5 * tones.height(i, j + 999);
          } else {
            second = Math.min(second, distance);
          }
        }
      }
      return second - first < 0.12
          ? new Colour(0.1, 0.08, 0.08)
          : Colour.hsv(hue, 0.75, value).times(1.08 - 0.25 * first);
    };
  }

  /** Ink lines over washed paper, the denser the darker. */
  private static Painter hatching(Draw draw) {
    ValueNoise noise = new ValueNoise(draw.bits());
    Colour paper = new Colour(0.95, 0.89, 0.76);
    Colour ink = new Colour(0.14, 0.1, 0.12);
    Colour wash = new Colour(0.75, 0.35, 0.2);
    return (u, v) -> {
      double tone = noise.fractal(3 * u, 3 * v, 3);
      double wobble = 0.35 * noise.at(9 * u, 9 * v);
      double one = line(34 * (u + v) + wobble);
      double two = line(34 * (u - v) + wobble);
      Colour colour = paper.mix(wash, 2.2 * (noise.fractal(2 * u + 30, 2 * v, 2) - 0.45));
      double dark = one < 1.25 * (0.62 - tone) ? 1 : 0;
      dark = Math.max(dark, two < 1.25 * (0.42 - tone) ? 1 : 0);
      return colour.mix(ink, 0.9 * dark);
    };
  }

  private static double line(double t) {
    return Math.abs(2 * (t - Math.floor(t)) - 1);
  }

  private static Colour palette(List<Colour> colours, double t) {
    double at = Math.max(0, Math.min(0.9999, t)) * (colours.size() - 1);
    int i = (int) at;
    return colours.get(i).mix(colours.get(i + 1), at - i);
  }
}
