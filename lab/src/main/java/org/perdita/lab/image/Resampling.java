package org.perdita.lab.image;

/**
 * Cubic convolution: how a row of pixels becomes a longer or shorter one. A picture is resized
 * along one axis and then the other; the transposed weights carry gradients back.
 *
 * <p>Pixels are squares, so that pixel i's centre is at i + ½. Made smaller, the kernel is widened
 * by the ratio, unless told otherwise: without it fine patterns turn into coarse ones that were
 * never there.
 *
 * @param a the slope of the kernel at distance 1: −0.5 (Keys, MATLAB, Pillow) or −0.75 (OpenCV,
 *     torch without antialiasing)
 * @param antialiasing whether the kernel is widened when a picture is made smaller
 * @see <a href="https://doi.org/10.1109/TASSP.1981.1163711">Keys: Cubic Convolution Interpolation
 *     for Digital Image Processing, 1981</a>
 */
public record Resampling(double a, boolean antialiasing) {

  /**
   * a = −0.5 with antialiasing, as in MATLAB's imresize: what super-resolution is measured with.
   */
  public static Resampling bicubic() {
    return new Resampling(-0.5, true);
  }

  /** a = −0.75 without antialiasing, as in torch's default: the pixel beyond an edge repeats it. */
  public static Resampling bicubicWithoutAntialiasing() {
    return new Resampling(-0.75, false);
  }

  /**
   * The weights of {@code from} pixels in each of {@code to} pixels; each row adds up to 1.
   *
   * <p>With antialiasing, pixels beyond an edge do not count and the others share their weight, as
   * in Pillow and torch; without it the edge's pixel stands for them.
   */
  public double[][] weights(int from, int to) {
    double ratio = (double) from / to;
    double wide = antialiasing ? Math.max(1, ratio) : 1;
    double[][] weights = new double[to][from];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * ratio - 0.5;
      int first = (int) Math.floor(centre - 2 * wide) - 1;
      int last = (int) Math.ceil(centre + 2 * wide) + 1;
      double sum = 0;
      for (int j = first; j <= last; j++) {
        double w = kernel((j - centre) / wide);
        int at = Math.max(0, Math.min(from - 1, j));
        if (at == j || !antialiasing) {
          weights[i][at] += w;
          sum += w;
        }
      }
      for (int j = 0; j < from; j++) {
        weights[i][j] /= sum;
      }
    }
    return weights;
  }

  private double kernel(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
