package org.perdita.matting;

/**
 * The steps of a Laplacian pyramid, and each step's transpose, which takes slopes the other way.
 * The filter is (1, 4, 6, 4, 1) / 16 along both axes, the image mirrored at its outermost pixels.
 */
final class Pyramid {
  private static final double[] FILTER = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};
  private static final int REACH = 2;

  private Pyramid() {}

  /** Numbers with a height and a width, row-major. */
  static final class Image {
    private final int height;
    private final int width;
    private final double[] data;

    Image(int height, int width, double[] data) {
      this.height = height;
      this.width = width;
      this.data = data;
    }

    int height() {
      return height;
    }

    int width() {
      return width;
    }

    double[] data() {
      return data;
    }
  }

  /** The image without its last row or column where their number is odd. */
  static Image cut(Image a) {
    return resized(a, a.height() & ~1, a.width() & ~1);
  }

  /** Transpose of {@link #cut}: zeros where something was cut off. */
  static Image cutBack(Image a, int height, int width) {
    return resized(a, height, width);
  }

  private static Image resized(Image a, int height, int width) {
    double[] data = new double[height * width];
    for (int r = 0; r < Math.min(height, a.height()); r++) {
      int n = Math.min(width, a.width());
      System.arraycopy(a.data(), r * a.width(), data, r * width, n);
    }
    return new Image(height, width, data);
  }

  /** Filtered, every other pixel. */
  static Image down(Image a) {
    return every(filtered(a, false));
  }

  /** Transpose of {@link #down}. */
  static Image downBack(Image a, int height, int width) {
    return filtered(spread(a, height, width, 1), true);
  }

  /** Twice the size: zeros between the pixels, filtered, times 4. */
  static Image up(Image a) {
    return filtered(spread(a, 2 * a.height(), 2 * a.width(), 4), false);
  }

  /** Transpose of {@link #up}. */
  static Image upBack(Image a) {
    Image small = every(filtered(a, true));
    for (int j = 0; j < small.data().length; j++) {
      small.data()[j] *= 4;
    }
    return small;
  }

  private static Image every(Image a) {
    int height = (a.height() + 1) / 2;
    int width = (a.width() + 1) / 2;
    double[] data = new double[height * width];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        data[r * width + c] = a.data()[2 * r * a.width() + 2 * c];
      }
    }
    return new Image(height, width, data);
  }

  private static Image spread(Image a, int height, int width, double by) {
    double[] data = new double[height * width];
    for (int r = 0; r < a.height(); r++) {
      for (int c = 0; c < a.width(); c++) {
        data[2 * r * width + 2 * c] = by * a.data()[r * a.width() + c];
      }
    }
    return new Image(height, width, data);
  }

  private static Image filtered(Image a, boolean transposed) {
    double[] across = new double[a.data().length];
    for (int r = 0; r < a.height(); r++) {
      line(a.data(), across, r * a.width(), 1, a.width(), transposed);
    }
    double[] both = new double[across.length];
    for (int c = 0; c < a.width(); c++) {
      line(across, both, c, a.width(), a.height(), transposed);
    }
    return new Image(a.height(), a.width(), both);
  }

  private static void line(
      double[] from, double[] to, int start, int step, int n, boolean transposed) {
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = -REACH; k <= REACH; k++) {
        int at = start + mirrored(i + k, n) * step;
        if (transposed) {
          to[at] += FILTER[k + REACH] * from[start + i * step];
        } else {
          sum += FILTER[k + REACH] * from[at];
        }
      }
      if (!transposed) {
        to[start + i * step] = sum;
      }
    }
  }

  private static int mirrored(int i, int n) {
    return i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i;
  }
}
