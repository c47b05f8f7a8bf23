package org.perdita.lab.gan;

import java.awt.image.BufferedImage;
import java.util.List;
import org.perdita.lab.data.Mixture;

/**
 * Where samples lie in the plane, one panel below the other as the training goes: the denser, the
 * darker. Small orange crosses are the mixture's modes.
 */
final class Density {
  private static final int SIDE = 112;
  private static final int GAP = 4;
  private static final double EXTENT = 1.5;
  private static final int FRAME = 0xcccccc;
  private static final int MODE = 0xd55e00;

  private Density() {}

  /**
   * The strip.
   *
   * @param moments samples at each moment, x and y one after the other
   */
  static BufferedImage strip(List<float[]> moments, Mixture mixture) {
    int height = moments.size() * (SIDE + GAP) - GAP;
    BufferedImage strip = new BufferedImage(SIDE, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < SIDE; x++) {
        strip.setRGB(x, y, 0xffffff);
      }
    }
    for (int i = 0; i < moments.size(); i++) {
      panel(strip, i * (SIDE + GAP), moments.get(i), mixture);
    }
    return strip;
  }

  private static void panel(BufferedImage strip, int top, float[] samples, Mixture mixture) {
    double[] density = smoothed(counts(samples));
    double full = 12.0 * samples.length / 2 / (SIDE * SIDE);
    for (int i = 0; i < density.length; i++) {
      double shade = 1 - Math.exp(-density[i] / full);
      strip.setRGB(i % SIDE, top + i / SIDE, blue(shade));
    }
    double[] centres = mixture.centres();
    for (int m = 0; m < centres.length; m += 2) {
      cross(strip, top, pixel(centres[m]), pixel(-centres[m + 1]));
    }
    for (int i = 0; i < SIDE; i++) {
      strip.setRGB(i, top, FRAME);
      strip.setRGB(i, top + SIDE - 1, FRAME);
      strip.setRGB(0, top + i, FRAME);
      strip.setRGB(SIDE - 1, top + i, FRAME);
    }
  }

  private static double[] counts(float[] samples) {
    double[] counts = new double[SIDE * SIDE];
    for (int i = 0; i + 1 < samples.length; i += 2) {
      int x = pixel(samples[i]);
      int y = pixel(-samples[i + 1]);
      if (x >= 0 && x < SIDE && y >= 0 && y < SIDE) {
        counts[y * SIDE + x]++;
      }
    }
    return counts;
  }

  /** Each count spread over its 3 × 3 neighbours as 1 2 1. */
  private static double[] smoothed(double[] counts) {
    double[] smooth = new double[counts.length];
    for (int y = 1; y < SIDE - 1; y++) {
      for (int x = 1; x < SIDE - 1; x++) {
        double sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            sum += (2 - Math.abs(dy)) * (2 - Math.abs(dx)) * counts[(y + dy) * SIDE + x + dx];
          }
        }
        smooth[y * SIDE + x] = sum / 16;
      }
    }
    return smooth;
  }

  private static int pixel(double coordinate) {
    double at = Math.floor((coordinate / EXTENT + 1) / 2 * SIDE);
    return Double.isNaN(at) ? -1 : (int) Math.max(-1, Math.min(at, SIDE));
  }

  private static void cross(BufferedImage strip, int top, int x, int y) {
    for (int d = -1; d <= 1; d++) {
      strip.setRGB(x + d, top + y, MODE);
      strip.setRGB(x, top + y + d, MODE);
    }
  }

  /** White at 0, a dark blue at 1. */
  private static int blue(double shade) {
    int red = (int) Math.round(255 * (1 - shade));
    int green = (int) Math.round(255 - shade * (255 - 50));
    int blue = (int) Math.round(255 - shade * (255 - 110));
    return red << 16 | green << 8 | blue;
  }
}
