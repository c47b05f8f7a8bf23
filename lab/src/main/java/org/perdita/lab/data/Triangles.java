package org.perdita.lab.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Filled triangles, 28 × 28 grey, white on black, drawn by the program: the convex-polygon task of
 * "Are GANs Created Equal?". Their manifold is known, see {@link TriangleManifold}. Image {@code i}
 * does not depend on how many are drawn.
 */
public final class Triangles {
  private static final int MOST = 1_000_000;
  private static final long TRAIN = 401;
  private static final long TEST = 402;

  private Triangles() {}

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
          "Triangles: the number of images must be in 0 … " + MOST + ", was " + n);
    }
    byte[] pixels = new byte[n * Triangle.PIXELS];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              float[] image = new float[Triangle.PIXELS];
              Triangle.draw(Draw.of(seed, stream, i)).paint(image);
              for (int p = 0; p < image.length; p++) {
                pixels[i * Triangle.PIXELS + p] = (byte) Math.round(255 * image[p]);
              }
            });
    String source = "triangles drawn with seed " + seed;
    return ImageSet.of(
        source, List.of("triangle"), 1, Triangle.SIDE, Triangle.SIDE, pixels, new int[n]);
  }
}
