package org.perdita.perceptual;

/**
 * Weighted means over square windows of a plane, one axis after the other; and the transposed map.
 */
final class WindowMeans {
  private final double[] weights;
  private final boolean reflected;
  private final int h;
  private final int w;

  /**
   * @param weights along each axis, an odd number of them
   * @param reflected whether there is a window around every pixel, over the mirrored picture beyond
   *     the edge; else only windows inside count
   */
  WindowMeans(double[] weights, boolean reflected, int h, int w) {
    this.weights = weights;
    this.reflected = reflected;
    this.h = h;
    this.w = w;
  }

  private int windows(int length) {
    return reflected ? length : length - weights.length + 1;
  }

  /** The pixel that weight {@code k} of window {@code i} meets. */
  private int pixel(int i, int k, int length) {
    int at = reflected ? i + k - weights.length / 2 : i + k;
    if (at < 0) {
      return -at;
    }
    return at < length ? at : 2 * length - 2 - at;
  }

  /** The means, row-major. */
  double[] of(double[] plane) {
    int columns = windows(w);
    double[] across = new double[h * columns];
    for (int k = 0; k < weights.length; k++) {
      for (int j = 0; j < columns; j++) {
        int from = pixel(j, k, w);
        for (int i = 0; i < h; i++) {
          across[i * columns + j] += weights[k] * plane[i * w + from];
        }
      }
    }
    int rows = windows(h);
    double[] means = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < weights.length; k++) {
        int from = pixel(i, k, h) * columns;
        for (int j = 0; j < columns; j++) {
          means[i * columns + j] += weights[k] * across[from + j];
        }
      }
    }
    return means;
  }

  /** For numbers at the windows, the sum at each pixel of what the windows give it. */
  double[] transposed(double[] windows) {
    int columns = windows(w);
    int rows = windows(h);
    double[] across = new double[h * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < weights.length; k++) {
        int to = pixel(i, k, h) * columns;
        for (int j = 0; j < columns; j++) {
          across[to + j] += weights[k] * windows[i * columns + j];
        }
      }
    }
    double[] plane = new double[h * w];
    for (int k = 0; k < weights.length; k++) {
      for (int j = 0; j < columns; j++) {
        int to = pixel(j, k, w);
        for (int i = 0; i < h; i++) {
          plane[i * w + to] += weights[k] * across[i * columns + j];
        }
      }
    }
    return plane;
  }
}
