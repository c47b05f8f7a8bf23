package org.perdita.perceptual;

import org.jspecify.annotations.Nullable;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Structural similarity: how well two pictures agree in local mean, contrast and structure; 1 for
 * equal ones.
 *
 * <pre>
 * s = (2 μ<sub>x</sub> μ<sub>y</sub> + c₁)(2 σ<sub>xy</sub> + c₂) / ((μ<sub>x</sub>² + μ<sub>y</sub>² + c₁)(σ<sub>x</sub>² + σ<sub>y</sub>² + c₂))
 * c₁ = (k₁ L)²,  c₂ = (k₂ L)²,  L the length of the pixels' range
 * </pre>
 *
 * with means and variances over a window around each position, then averaged over positions and
 * channels.
 *
 * <p>Published values of one pair of pictures differ by convention: by the window, by what happens
 * at the edges and by the variance's divisor. Each convention has a name here.
 *
 * <p>Accuracy: computed in double.
 *
 * {@snippet :
 * double similarity = Ssim.wang(255).of(luma, restoredLuma)[0];
 * }
 *
 * @param window what local means
 * @param edges what happens at the picture's edges
 * @param variances what squared deviations are divided by
 * @param range L
 * @param k1 0.01 in the paper
 * @param k2 0.03 in the paper
 * @see <a href="https://doi.org/10.1109/TIP.2003.819861">Wang, Bovik, Sheikh, Simoncelli: Image
 *     Quality Assessment: From Error Visibility to Structural Similarity, 2004, equation 13</a>
 */
public record Ssim(
    Window window, Edges edges, Variances variances, double range, double k1, double k2) {

  /**
   * Weights along each axis; their products are a window's.
   *
   * @param size how many, an odd number
   * @param sigma the bell's standard deviation; infinite for equal weights
   */
  public record Window(int size, double sigma) {
    public Window {
      Check.that(size > 0 && size % 2 == 1, "Ssim", "window size", size, "odd and above 0");
      Check.that(sigma > 0, "Ssim", "sigma", sigma, "above 0");
    }

    /** A bell. */
    public static Window gaussian(int size, double sigma) {
      return new Window(size, sigma);
    }

    /** Equal weights. */
    public static Window uniform(int size) {
      return new Window(size, Double.POSITIVE_INFINITY);
    }

    double[] weights() {
      double[] weights = new double[size];
      double sum = 0;
      for (int k = 0; k < size; k++) {
        double z = (k - size / 2) / sigma;
        weights[k] = Math.exp(-z * z / 2);
        sum += weights[k];
      }
      for (int k = 0; k < size; k++) {
        weights[k] /= sum;
      }
      return weights;
    }
  }

  /** What happens at the picture's edges. */
  public enum Edges {
    /** Only windows that lie inside count: Wang et al., scikit-image, piq. */
    VALID,
    /** Every pixel counts; beyond the edge stands the mirrored picture: torchmetrics. */
    REFLECTED
  }

  /** What squared deviations are divided by. */
  public enum Variances {
    /** The number of pixels of a window: Wang et al. */
    POPULATION,
    /** One less: scikit-image unless told otherwise. */
    SAMPLE
  }

  public Ssim {
    boolean finite = range > 0 && range < Double.POSITIVE_INFINITY;
    Check.that(finite, "Ssim", "range", range, "finite and above 0");
    Check.that(k1 > 0 && k1 < 1, "Ssim", "k1", k1, "in (0, 1)");
    Check.that(k2 > 0 && k2 < 1, "Ssim", "k2", k2, "in (0, 1)");
  }

  /** The paper's, and piq's: 11 × 11 bell of σ = 1.5, windows inside only. */
  public static Ssim wang(double range) {
    return new Ssim(Window.gaussian(11, 1.5), Edges.VALID, Variances.POPULATION, range, 0.01, 0.03);
  }

  /** That of torchmetrics: the same window, mirrored edges. */
  public static Ssim torchmetrics(double range) {
    return wang(range).with(Edges.REFLECTED);
  }

  /** The default of scikit-image: 7 × 7 equal weights, variances over one pixel less. */
  public static Ssim scikitImage(double range) {
    return new Ssim(Window.uniform(7), Edges.VALID, Variances.SAMPLE, range, 0.01, 0.03);
  }

  /** The same with other edges. */
  public Ssim with(Edges edges) {
    return new Ssim(window, edges, variances, range, k1, k2);
  }

  /** The same with another window. */
  public Ssim with(Window window) {
    return new Ssim(window, edges, variances, range, k1, k2);
  }

  /**
   * The similarity of each sample.
   *
   * @param x {@code [n, c, h, w]}, at least as large as the window
   * @param y alike
   */
  public double[] of(Tensor x, Tensor y) {
    check(x, y);
    double[] values = new double[x.length(0)];
    for (int i = 0; i < values.length; i++) {
      values[i] = sample(x, y, i, 0, null);
    }
    return values;
  }

  /** The similarity of each of two pictures of one format, which must have this range. */
  public double[] of(Image a, Image b) {
    Check.that(a.format().equals(b.format()), this, "format", b.format(), "" + a.format());
    double length = a.format().range().length();
    Check.that(length == range, this, "the pictures' range", length, "" + range);
    return of(a.pixels(), b.pixels());
  }

  void check(Tensor x, Tensor y) {
    Check.that(x.rank() == 4, this, "prediction", x, "of shape [n, c, h, w]");
    Check.shape(this, "target", y.shape(), "prediction", x.shape());
    int least = edges == Edges.VALID ? window.size() : window.size() / 2 + 1;
    Check.that(
        x.length(2) >= least && x.length(3) >= least,
        this,
        "prediction",
        x,
        "at least " + least + " × " + least + " large");
  }

  /** A sample's similarity; adds by · its gradient to {@code gradient}, if there is one. */
  double sample(Tensor x, Tensor y, int sample, double by, double @Nullable [] gradient) {
    int c = x.length(1);
    SsimPlane plane = new SsimPlane(this, x.length(2), x.length(3));
    double sum = 0;
    for (int k = 0; k < c; k++) {
      int start = (sample * c + k) * x.length(2) * x.length(3);
      sum += plane.similarity(x, y, start);
      if (gradient != null) {
        plane.addGradient(by / c, gradient, k * x.length(2) * x.length(3));
      }
    }
    return sum / c;
  }
}
