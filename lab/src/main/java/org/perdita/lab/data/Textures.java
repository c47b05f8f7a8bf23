package org.perdita.lab.data;

import java.util.stream.IntStream;

/**
 * Colour textures, 32 × 32, drawn by the program: a stand-in for photographs where none may be
 * shipped. Ten kinds of pattern, each in any two colours, period, angle and phase, so that no
 * colour and no single pixel tells the class; over them lie a second pattern of any kind, uneven
 * light and grain. The same bits on every machine for a seed, and image {@code i} does not depend
 * on how many are drawn.
 *
 * <p>Classes take turns: image {@code i} is of class {@code i % 10}. A texture mirrored left to
 * right or shifted is a texture of its class, as in the usual augmentation.
 */
public final class Textures {
  private static final int SIDE = 32;
  private static final int AREA = SIDE * SIDE;
  private static final int CHANNELS = 3;
  private static final int MOST = 500_000;
  private static final long TRAIN = 401;
  private static final long TEST = 402;

  private Textures() {}

  /**
   * Training and test images, drawn alike from different random numbers.
   *
   * @throws IllegalArgumentException if a count is not in 0 … 500,000
   */
  public static TrainTest draw(int train, int test, long seed) {
    return new TrainTest(draw(train, seed, TRAIN), draw(test, seed, TEST));
  }

  private static ImageSet draw(int n, long seed, long stream) {
    if (n < 0 || n > MOST) {
      throw new IllegalArgumentException(
          "Textures: the number of images must be in 0 … " + MOST + ", was " + n);
    }
    byte[] pixels = new byte[n * CHANNELS * AREA];
    int classes = TexturePattern.NAMES.size();
    int[] labels = IntStream.range(0, n).map(i -> i % classes).toArray();
    IntStream.range(0, n)
        .parallel()
        .forEach(i -> paint(labels[i], Draw.of(seed, stream, i), pixels, i * CHANNELS * AREA));
    String source = "textures drawn with seed " + seed;
    return ImageSet.of(source, TexturePattern.NAMES, CHANNELS, SIDE, SIDE, pixels, labels);
  }

  private static void paint(int kind, Draw draw, byte[] pixels, int at) {
    TexturePattern main = TexturePattern.drawn(kind, SIDE, draw);
    int kinds = TexturePattern.NAMES.size();
    TexturePattern other = TexturePattern.drawn(draw.below(kinds), SIDE, draw);
    float veil = (float) draw.uniform(0, 0.4);
    float lightX = (float) draw.uniform(-0.3, 0.3) / SIDE;
    float lightY = (float) draw.uniform(-0.3, 0.3) / SIDE;
    float grain = (float) draw.uniform(0.02, 0.11);
    float[] first = new float[CHANNELS];
    float[] second = new float[CHANNELS];
    colours(first, second, draw);
    for (int p = 0; p < AREA; p++) {
      int row = p / SIDE;
      float x = p % SIDE + 0.5f;
      float y = row + 0.5f;
      float share = (1 - veil) * main.at(x, y) + veil * other.at(x, y);
      float light = 1 + lightX * (x - SIDE / 2f) + lightY * (y - SIDE / 2f);
      for (int c = 0; c < CHANNELS; c++) {
        float shade = light * (first[c] + share * (second[c] - first[c]));
        shade += grain * (float) draw.bell();
        pixels[at + c * AREA + p] = (byte) Math.round(255 * Math.min(1, Math.max(0, shade)));
      }
    }
  }

  /** Two colours apart enough to be told from each other, though sometimes barely. */
  private static void colours(float[] first, float[] second, Draw draw) {
    float apart;
    do {
      apart = 0;
      for (int c = 0; c < CHANNELS; c++) {
        first[c] = (float) draw.uniform();
        second[c] = (float) draw.uniform();
        apart += Math.abs(first[c] - second[c]);
      }
    } while (apart < 0.5f);
  }
}
