package org.perdita.lab.image;

import org.perdita.Tensor;
import org.perdita.perceptual.Image;

/** How steep a picture is. */
public final class Sharpness {
  private Sharpness() {}

  /** The mean length of the luma's gradient between neighbouring pixels. */
  public static double of(Image image) {
    Tensor y = image.luma().pixels();
    int h = y.length(2);
    int w = y.length(3);
    double sum = 0;
    for (int i = 0; i + 1 < h; i++) {
      for (int j = 0; j + 1 < w; j++) {
        double across = y.get(i * w + j + 1) - y.get(i * w + j);
        double down = y.get((i + 1) * w + j) - y.get(i * w + j);
        sum += Math.hypot(across, down);
      }
    }
    return sum / ((h - 1) * (w - 1));
  }
}
