package org.perdita.lab.data;

import org.perdita.Tensor;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelFormat;

/** A picture as a function of the place: v runs from 0 at the top to 1, u to the right alike. */
@FunctionalInterface
interface Painter {

  Colour at(double u, double v);

  /** The pixels, each the mean over a grid of {@code fine} × {@code fine} points. */
  default Image pixels(int height, int width, int fine) {
    int area = height * width;
    float[] planes = new float[3 * area];
    double step = 1.0 / (height * fine);
    for (int p = 0; p < area; p++) {
      double r = 0;
      double g = 0;
      double b = 0;
      for (int k = 0; k < fine * fine; k++) {
        double u = (p % width * fine + k % fine + 0.5) * step;
        double v = (p / width * fine + k / fine + 0.5) * step;
        Colour colour = at(u, v);
        r += colour.r();
        g += colour.g();
        b += colour.b();
      }
      planes[p] = part(r, fine);
      planes[area + p] = part(g, fine);
      planes[2 * area + p] = part(b, fine);
    }
    return new Image(Tensor.of(planes, 1, 3, height, width), PixelFormat.rgb());
  }

  private static float part(double sum, int fine) {
    return (float) Math.max(0, Math.min(1, sum / (fine * fine)));
  }
}
