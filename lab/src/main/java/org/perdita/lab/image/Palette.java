package org.perdita.lab.image;

import org.perdita.Tensor;
import org.perdita.perceptual.Image;

/** The colours of a picture, taken over by another: their mean and how they vary together. */
public final class Palette {
  /** So that a picture of one colour has a way back. */
  private static final double LEAST = 1e-5;

  private Palette() {}

  /**
   * {@code image} with the colours of {@code model}, changed by one linear map and cut to [0, 1].
   */
  public static Image matched(Image image, Image model) {
    double[] from = mean(image.pixels());
    double[] to = mean(model.pixels());
    double[][] map = times(root(image.pixels(), from), root(model.pixels(), to));
    Tensor in = image.pixels();
    int m = in.length(2) * in.length(3);
    Tensor out = Tensor.zeros(in.shape());
    for (int p = 0; p < m; p++) {
      for (int c = 0; c < 3; c++) {
        double sum = to[c];
        for (int k = 0; k < 3; k++) {
          sum += map[c][k] * (in.get(k * m + p) - from[k]);
        }
        out.buffer().put(c * m + p, (float) Math.max(0, Math.min(1, sum)));
      }
    }
    return new Image(out, image.format());
  }

  private static double[] mean(Tensor pixels) {
    int m = pixels.length(2) * pixels.length(3);
    double[] mean = new double[3];
    for (int i = 0; i < 3 * m; i++) {
      mean[i / m] += pixels.get(i) / m;
    }
    return mean;
  }

  /** The lower triangle L with L Lᵀ = the covariance, after Cholesky. */
  private static double[][] root(Tensor pixels, double[] mean) {
    int m = pixels.length(2) * pixels.length(3);
    double[][] a = new double[3][3];
    for (int p = 0; p < m; p++) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j <= i; j++) {
          a[i][j] += (pixels.get(i * m + p) - mean[i]) * (pixels.get(j * m + p) - mean[j]) / m;
        }
      }
    }
    double[][] l = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = a[i][j] + (i == j ? LEAST : 0);
        for (int k = 0; k < j; k++) {
          rest -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(Math.max(LEAST, rest)) : rest / l[j][j];
      }
    }
    return l;
  }

  /** to · from⁻¹, for lower triangles. */
  private static double[][] times(double[][] from, double[][] to) {
    double[][] map = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 2; j >= 0; j--) {
        double rest = to[i][j];
        for (int k = j + 1; k < 3; k++) {
          rest -= map[i][k] * from[k][j];
        }
        map[i][j] = rest / from[j][j];
      }
    }
    return map;
  }
}
