package org.perdita.lab.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sky, sun and clouds, ridges one behind the other, a field with houses and trees. */
final class Landscape implements Painter {
  private final ValueNoise noise;
  private final Colour zenith;
  private final Colour haze;
  private final Colour cloud;
  private final double cover;
  private final double sunU;
  private final double sunV;
  private final double sunSize;
  private final List<Ridge> ridges = new ArrayList<>();
  private final double horizon;
  private final Colour near;
  private final Colour far;
  private final double furrows;
  private final double lean;
  private final List<Thing> things = new ArrayList<>();

  /** A line of hills. */
  private record Ridge(double base, double height, double scale, Colour colour, int offset) {}

  /** Something that stands in the field. */
  private record Thing(
      boolean house, double u, double foot, double size, Colour body, Colour top, int windows) {}

  private Landscape(Draw draw, double aspect) {
    noise = new ValueNoise(draw.bits());
    double hue = draw.chance(0.7) ? draw.uniform(0.52, 0.64) : draw.uniform(0.9, 1.12);
    zenith = Colour.hsv(hue, draw.uniform(0.35, 0.8), draw.uniform(0.5, 0.95));
    haze = Colour.hsv(draw.uniform(0.05, 0.16), draw.uniform(0.1, 0.5), draw.uniform(0.8, 1));
    cloud = new Colour(1, 1, 1).mix(haze, draw.uniform(0, 0.5));
    cover = draw.uniform(0.35, 0.7);
    sunU = draw.uniform(0.1, 0.9) * aspect;
    sunV = draw.uniform(0.08, 0.35);
    sunSize = draw.uniform(0.03, 0.07);
    horizon = draw.uniform(0.5, 0.68);
    int count = 1 + draw.below(3);
    Colour rock =
        Colour.hsv(draw.uniform(0.2, 0.75), draw.uniform(0.2, 0.6), draw.uniform(0.2, 0.5));
    for (int i = 0; i < count; i++) {
      double depth = (i + 1.0) / (count + 1);
      double height = draw.uniform(0.12, 0.35) * (1.1 - 0.6 * depth);
      ridges.add(
          new Ridge(
              horizon, height, draw.uniform(1.5, 4), haze.mix(rock, 0.25 + 0.7 * depth), 40 * i));
    }
    double grass = draw.uniform(0.12, 0.38);
    near = Colour.hsv(grass, draw.uniform(0.4, 0.8), draw.uniform(0.3, 0.65));
    far = near.mix(haze, 0.35);
    furrows = draw.uniform(8, 26);
    lean = draw.uniform(-1.2, 1.2);
    int many = 3 + draw.below(7);
    for (int i = 0; i < many; i++) {
      double foot = draw.uniform(horizon + 0.02, 0.96);
      double size = (foot - horizon + 0.12) * draw.uniform(0.35, 0.7);
      boolean house = draw.chance(0.4);
      Colour body =
          house
              ? Colour.hsv(draw.uniform(), draw.uniform(0.05, 0.5), draw.uniform(0.6, 0.95))
              : Colour.hsv(
                  draw.uniform(0.18, 0.42), draw.uniform(0.4, 0.9), draw.uniform(0.2, 0.5));
      Colour top =
          house
              ? Colour.hsv(draw.uniform(0.95, 1.08), draw.uniform(0.4, 0.9), draw.uniform(0.3, 0.7))
              : Colour.hsv(0.07, 0.5, draw.uniform(0.2, 0.35));
      things.add(
          new Thing(house, draw.uniform(0, aspect), foot, size, body, top, 1 + draw.below(3)));
    }
    things.sort(Comparator.comparingDouble(Thing::foot).reversed());
  }

  static Landscape drawn(Draw draw, double aspect) {
    return new Landscape(draw, aspect);
  }

  @Override
  public Colour at(double u, double v) {
    for (Thing thing : things) {
      Colour colour = thing.house() ? house(thing, u, v) : tree(thing, u, v);
      if (colour != null) {
        return colour;
      }
    }
    if (v > horizon + 0.01 * (noise.at(9 * u, 3) - 0.5)) {
      return field(u, v);
    }
    for (int i = ridges.size() - 1; i >= 0; i--) {
      Ridge ridge = ridges.get(i);
      double crest = noise.fractal(ridge.scale() * u + ridge.offset(), 0.5 * i, 6);
      double top = ridge.base() - ridge.height() * crest * 1.3 + 0.04;
      if (v > top) {
        double grain = noise.fractal(30 * u + ridge.offset(), 30 * v, 4);
        double slope = noise.fractal(8 * u + 3 * v, 8 * v - 2 * u + ridge.offset(), 4);
        return ridge.colour().times(0.7 + 0.35 * slope + 0.25 * grain);
      }
    }
    return sky(u, v);
  }

  private Colour sky(double u, double v) {
    double distance = Math.hypot(u - sunU, v - sunV);
    Colour sky = zenith.mix(haze, Math.pow(v / horizon, 1.4));
    sky = sky.mix(new Colour(1, 0.97, 0.85), 0.7 * Math.exp(-distance / (3 * sunSize)));
    if (distance < sunSize) {
      sky = new Colour(1, 0.98, 0.9);
    }
    double billow = noise.fractal(2.2 * u + 50, 5 * v + 7, 6);
    return sky.mix(cloud, 5 * (billow - cover));
  }

  private Colour field(double u, double v) {
    double depth = (v - horizon) / (1 - horizon);
    double near01 = 0.15 + 0.85 * depth;
    double along = (u - 0.5 + lean * depth * 0.3) / near01;
    double wave = along * furrows + 0.8 * noise.at(6 * u, 14 * v);
    double ridge = Math.abs(2 * (wave - Math.floor(wave)) - 1);
    double blades = noise.fractal(70 * u / near01, 30 * v / near01, 3);
    double patch = noise.fractal(5 * u, 9 * v, 3);
    return far.mix(near, depth).times(0.55 + 0.35 * ridge + 0.35 * blades + 0.25 * patch);
  }

  private static @Nullable Colour house(Thing t, double u, double v) {
    double x = (u - t.u()) / t.size();
    double y = (t.foot() - v) / t.size();
    if (Math.abs(x) < 0.5 && y > 0 && y < 0.6) {
      double column = (x + 0.5) * (t.windows() + 1) - 0.5;
      double offset = column - Math.floor(column);
      boolean window = y > 0.26 && y < 0.46 && column > 0 && column < t.windows();
      if (window && offset > 0.25 && offset < 0.75) {
        boolean bar = Math.abs(offset - 0.5) < 0.03 || Math.abs(y - 0.36) < 0.012;
        return bar ? t.body().times(1.1) : new Colour(0.12, 0.15, 0.22);
      }
      if (Math.abs(x - 0.02) < 0.07 && y < 0.22) {
        return t.top().times(0.6);
      }
      double course = y * 22 - Math.floor(y * 22);
      return t.body().times((x > 0 ? 0.82 : 1) * (course < 0.2 ? 0.88 : 1));
    }
    if (y >= 0.6 && y < 1 && Math.abs(x) < 0.62 * (1 - y) / 0.4) {
      double row = y * 30 - Math.floor(y * 30);
      return t.top().times((x > 0 ? 0.75 : 1) * (0.75 + 0.4 * row));
    }
    return null;
  }

  private @Nullable Colour tree(Thing t, double u, double v) {
    double x = (u - t.u()) / t.size();
    double y = (t.foot() - v) / t.size();
    double ragged = noise.fractal(9 * x + 20 * t.u(), 9 * y, 4) - 0.5;
    boolean crown =
        t.windows() == 1
            ? y > 0.2 && y < 1.2 && Math.abs(x) < 0.36 * (1.2 - y) + 0.16 * ragged
            : Math.hypot(x, y - 0.72) < 0.38 + 0.3 * ragged;
    if (crown) {
      double leaves = noise.fractal(26 * x + 5, 26 * y + 31 * t.foot(), 3);
      double light = 0.75 - 0.5 * x + 0.3 * (y - 0.7);
      return t.body().times(light * (0.45 + 1.2 * leaves));
    }
    if (Math.abs(x) < 0.05 && y > 0 && y < 0.6) {
      return t.top().times(1 - 5 * x);
    }
    return null;
  }
}
