package org.perdita.lab.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Handwritten-looking digits, 28 × 28 grey, drawn by the program. A digit is one of several stroke
 * skeletons of its class, bent by a smooth elastic field, slanted, turned, stretched and moved, and
 * inked with a pen of varying width. The same bits on every machine for a seed, and image {@code i}
 * does not depend on how many are drawn.
 *
 * <p>As in MNIST the background is 0, the ink up to 255, and a digit of about 20 × 20 pixels is
 * centred by its bounding box. Classes take turns: image {@code i} shows digit {@code i % 10}.
 */
public final class Digits {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int MOST = 1_000_000;
  private static final long TRAIN = 301;
  private static final long TEST = 302;

  private Digits() {}

  /**
   * Training and test images, drawn alike from different random numbers.
   *
   * @throws IllegalArgumentException if a count is not in 0 … 1,000,000
   */
  public static TrainTest draw(int train, int test, long seed) {
    return new TrainTest(draw(train, seed, TRAIN), draw(test, seed, TEST));
  }

  private static ImageSet draw(int n, long seed, long stream) {
    if (n < 0 || n > MOST) {
      throw new IllegalArgumentException(
          "Digits: the number of images must be in 0 … " + MOST + ", was " + n);
    }
    byte[] pixels = new byte[n * SIDE * SIDE];
    int[] labels = IntStream.range(0, n).map(i -> i % CLASSES).toArray();
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              Draw draw = Draw.of(seed, stream, i);
              List<List<float[]>> ways = DigitSkeletons.of(labels[i]);
              List<float[]> way = ways.get(draw.below(ways.size()));
              Pen pen = new Handwriting(draw).write(way, SIDE);
              float softness = (float) draw.uniform(1, 1.9);
              float ink = (float) draw.uniform(0.75, 1);
              float grain = (float) draw.uniform(0, 0.06);
              pen.print(pixels, i * SIDE * SIDE, softness, ink, grain, draw);
            });
    String source = "digits drawn with seed " + seed;
    return ImageSet.of(source, ImageSet.numerals(CLASSES), 1, SIDE, SIDE, pixels, labels);
  }
}
