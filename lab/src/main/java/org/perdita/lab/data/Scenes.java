package org.perdita.lab.data;

import org.perdita.perceptual.Image;

/**
 * Pictures drawn by the program, a stand-in for photographs where none may be shipped: landscapes
 * with sky, hills, houses and trees, and piles of textured things. They have edges at every angle,
 * fine and coarse textures, and soft shading. The same for a seed on every machine, at any size.
 */
public final class Scenes {
  private static final long STREAM = 611;
  private static final int FINE = 2;

  private Scenes() {}

  /**
   * A picture.
   *
   * @param seed which one
   */
  public static Image draw(long seed, int height, int width) {
    Draw draw = Draw.of(seed, STREAM);
    double aspect = (double) width / height;
    Painter painter = draw.chance(0.6) ? Landscape.drawn(draw, aspect) : Things.drawn(draw, aspect);
    return painter.pixels(height, width, FINE);
  }

  /** A picture that is a landscape. */
  public static Image landscape(long seed, int height, int width) {
    Draw draw = Draw.of(seed, STREAM, 1);
    return Landscape.drawn(draw, (double) width / height).pixels(height, width, FINE);
  }
}
