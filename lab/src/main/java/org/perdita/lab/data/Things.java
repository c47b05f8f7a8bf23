package org.perdita.lab.data;

import java.util.ArrayList;
import java.util.List;

/** Discs, boxes, triangles and stars, each of a texture of its own, on a textured ground. */
final class Things implements Painter {
  private static final int SIDE = 32;

  private final Texture ground;
  private final List<Thing> things = new ArrayList<>();
  private final double shade;

  /** A pattern in two colours. */
  private record Texture(TexturePattern pattern, double scale, Colour one, Colour two) {
    static Texture drawn(Draw draw, double contrast) {
      int kind = draw.below(TexturePattern.NAMES.size());
      double hue = draw.uniform();
      Colour one = Colour.hsv(hue, draw.uniform(0.1, 0.9), draw.uniform(0.3, 1));
      Colour two =
          Colour.hsv(
              hue + draw.uniform(0.05, 0.5), draw.uniform(0.1, 0.9), draw.uniform(0.15, 0.95));
      TexturePattern pattern = TexturePattern.drawn(kind, SIDE, draw);
      return new Texture(pattern, draw.uniform(90, 260), one, one.mix(two, contrast));
    }

    Texture scaled(double by) {
      return new Texture(pattern, by * scale, one, two);
    }

    Colour at(double u, double v) {
      return one.mix(two, pattern.at((float) (scale * u), (float) (scale * v)));
    }
  }

  /** A thing; its kind decides the outline. */
  private record Thing(
      int kind, double u, double v, double size, double turn, double light, Texture texture) {

    /** Below 0 inside. */
    double outside(double x, double y) {
      double cos = StrictMath.cos(turn);
      double sin = StrictMath.sin(turn);
      double a = (cos * x + sin * y) / size;
      double b = (cos * y - sin * x) / size;
      return switch (kind) {
        case 0 -> Math.hypot(a, b) - 1;
        case 1 -> Math.max(Math.abs(a), 1.5 * Math.abs(b)) - 0.9;
        case 2 -> Math.max(-b - 0.6, Math.abs(a) * 0.87 + b * 0.5 - 0.5);
        case 3 -> Math.abs(Math.hypot(a, b) - 0.75) - 0.2;
        default -> {
          double angle = StrictMath.atan2(b, a) * 5 / (2 * Math.PI);
          double part = Math.abs(angle - Math.floor(angle) - 0.5);
          yield Math.hypot(a, b) - (0.45 + 1.1 * part);
        }
      };
    }
  }

  private Things(Draw draw, double aspect) {
    ground = Texture.drawn(draw, draw.uniform(0.3, 0.9));
    shade = draw.uniform(-0.5, 0.5);
    int many = 4 + draw.below(8);
    for (int i = 0; i < many; i++) {
      things.add(
          new Thing(
              draw.below(5),
              draw.uniform(0, aspect),
              draw.uniform(),
              draw.uniform(0.08, 0.28),
              draw.uniform(0, 2 * Math.PI),
              draw.uniform(0, 0.6),
              Texture.drawn(draw, draw.chance(0.3) ? 0 : draw.uniform(0.4, 1))));
    }
  }

  private Things(Draw draw, Texture ground, Thing one) {
    this.ground = ground;
    this.shade = draw.uniform(-0.5, 0.5);
    things.add(one);
  }

  /** A pile of them. */
  static Things drawn(Draw draw, double aspect) {
    return new Things(draw, aspect);
  }

  /** One thing of a kind, from 0 to 4, somewhere near the middle of a small picture. */
  static Things one(Draw draw, int kind) {
    Texture ground = Texture.drawn(draw, draw.uniform(0.2, 0.8)).scaled(0.25);
    Thing thing =
        new Thing(
            kind,
            draw.uniform(0.35, 0.65),
            draw.uniform(0.35, 0.65),
            draw.uniform(0.25, 0.42),
            draw.uniform(0, 2 * Math.PI),
            draw.uniform(0, 0.6),
            Texture.drawn(draw, draw.chance(0.4) ? 0 : draw.uniform(0.3, 1)).scaled(0.25));
    return new Things(draw, ground, thing);
  }

  @Override
  public Colour at(double u, double v) {
    for (Thing t : things) {
      double x = u - t.u();
      double y = v - t.v();
      double outside = t.outside(x, y);
      if (outside < 0) {
        double light = 1 - t.light() * (0.5 + 0.6 * (x + y) / t.size());
        return t.texture().at(x, y).times(light);
      }
    }
    Colour colour = ground.at(u, v).times(0.9 + shade * (v - 0.5));
    for (Thing t : things) {
      // A soft shadow below and to the right of each thing.
      double outside = t.outside(u - t.u() - 0.02, v - t.v() - 0.03);
      colour = colour.times(1 - 0.45 * Math.max(0, Math.min(1, -6 * outside)));
    }
    return colour;
  }
}
