package org.perdita.lab.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.perdita.Tensor;

/**
 * Small pictures of one texture or one thing, more or less blurred: what a feature network is
 * trained to tell apart. The same bits on every machine for a seed.
 *
 * @param pixels {@code [n, 3, side, side]}, red, green and blue in [0, 1]
 * @param kinds what each shows, an index into {@link #NAMES}
 * @param blurs how blurred each is, from 0 to {@code BLURS} − 1
 */
public record Crops(Tensor pixels, List<Integer> kinds, List<Integer> blurs) {
  /** The degrees of blur: sharp, and the means of 3 × 3 and of 5 × 5 pixels. */
  public static final int BLURS = 3;

  /** What there is: textures, then things. */
  public static final List<String> NAMES = names();

  private static final int TEXTURES = TexturePattern.NAMES.size();
  private static final long STREAM = 617;

  public Crops {
    kinds = List.copyOf(kinds);
    blurs = List.copyOf(blurs);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(TexturePattern.NAMES);
    names.addAll(List.of("disc", "box", "triangle", "ring", "star"));
    return List.copyOf(names);
  }

  /**
   * {@code n} pictures, which take turns among {@code kinds}.
   *
   * @param blurred whether they are blurred at random; else all are sharp
   */
  public static Crops draw(long seed, int n, int side, List<Integer> kinds, boolean blurred) {
    int each = 3 * side * side;
    float[] all = new float[n * each];
    int[] blurs = new int[n];
    IntStream.range(0, n)
        .forEach(
            i -> {
              Draw draw = Draw.of(seed, STREAM, i);
              float[] planes = paint(kinds.get(i % kinds.size()), side, draw);
              blurs[i] = blurred ? draw.below(BLURS) : 0;
              float grain = (float) draw.uniform(0, 0.04);
              float[] soft = blur(planes, side, blurs[i]);
              for (int p = 0; p < each; p++) {
                float x = soft[p] + grain * (float) draw.bell();
                all[i * each + p] = Math.max(0, Math.min(1, x));
              }
            });
    return new Crops(
        Tensor.of(all, n, 3, side, side),
        IntStream.range(0, n).mapToObj(i -> kinds.get(i % kinds.size())).toList(),
        IntStream.of(blurs).boxed().toList());
  }

  private static float[] paint(int kind, int side, Draw draw) {
    if (kind >= TEXTURES) {
      return Things.one(draw, kind - TEXTURES).pixels(side, side, 2).pixels().toArray();
    }
    TexturePattern pattern = TexturePattern.drawn(kind, side, draw);
    Colour one = Colour.hsv(draw.uniform(), draw.uniform(0, 0.9), draw.uniform(0.3, 1));
    Colour two = Colour.hsv(draw.uniform(), draw.uniform(0, 0.9), draw.uniform(0, 0.7));
    double slope = draw.uniform(-0.4, 0.4);
    Painter painter =
        (u, v) ->
            one.mix(two, pattern.at((float) (side * u), (float) (side * v)))
                .times(1 + slope * (u - v));
    return painter.pixels(side, side, 1).pixels().toArray();
  }

  /** The mean of each pixel's neighbours up to {@code reach} away, of those there are. */
  private static float[] blur(float[] planes, int side, int reach) {
    if (reach == 0) {
      return planes;
    }
    float[] soft = new float[planes.length];
    for (int p = 0; p < planes.length; p++) {
      int row = p / side % side;
      int column = p % side;
      int plane = p / (side * side) * side * side;
      float sum = 0;
      int count = 0;
      for (int i = Math.max(0, row - reach); i <= Math.min(side - 1, row + reach); i++) {
        for (int j = Math.max(0, column - reach); j <= Math.min(side - 1, column + reach); j++) {
          sum += planes[plane + i * side + j];
          count++;
        }
      }
      soft[p] = sum / count;
    }
    return soft;
  }
}
