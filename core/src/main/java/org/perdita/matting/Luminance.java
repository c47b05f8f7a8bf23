package org.perdita.matting;

import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * The luminance of colour images: 0.2989 R + 0.587 G + 0.114 B, as the hair-matting codes have it.
 */
public final class Luminance {
  private static final float RED = 0.2989f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Luminance() {}

  /**
   * Grey images {@code [n, 1, h, w]} of colour images {@code [n, 3, h, w]}.
   *
   * @throws IllegalArgumentException if the shape is another
   */
  public static Tensor of(Tensor rgb) {
    Check.that(
        rgb.rank() == 4 && rgb.length(1) == 3, "Luminance", "image", rgb, "of shape [n, 3, h, w]");
    int n = rgb.length(0);
    int area = rgb.length(2) * rgb.length(3);
    float[] grey = new float[n * area];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < area; j++) {
        int at = 3 * i * area + j;
        grey[i * area + j] =
            RED * rgb.get(at) + GREEN * rgb.get(at + area) + BLUE * rgb.get(at + 2 * area);
      }
    }
    return Tensor.of(grey, n, 1, rgb.length(2), rgb.length(3));
  }
}
