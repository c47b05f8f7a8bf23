package org.perdita.lab.golden;

import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelFormat;
import org.perdita.perceptual.Psnr;
import org.perdita.perceptual.Ssim;
import org.perdita.perceptual.Ssim.Edges;
import org.perdita.perceptual.Ssim.Variances;
import org.perdita.perceptual.Ssim.Window;
import org.perdita.perceptual.SsimLoss;

/** Cases about the quality of pictures; they are read as floats. */
final class SsimCases {
  /** Where scikit-image cuts its bells, in standard deviations. */
  private static final double TRUNCATE = 3.5;

  private SsimCases() {}

  /** Inputs {@code preds} and {@code target} [n, c, h, w], mirrored edges; a value a sample. */
  static Computed reflected(GoldenCase golden) {
    return similarity(golden, golden.param("sigma", 1.5), Edges.REFLECTED);
  }

  /** The same over windows that lie inside. */
  static Computed valid(GoldenCase golden) {
    return similarity(golden, golden.param("kernel_sigma", 1.5), Edges.VALID);
  }

  private static Computed similarity(GoldenCase golden, double sigma, Edges edges) {
    int size = (int) golden.param("kernel_size", 11);
    Window window =
        switch (golden.word("kernel")) {
          case "gaussian" -> Window.gaussian(size, sigma);
          case "uniform" -> Window.uniform(size);
          default ->
              throw golden.refusal(
                  "params.kernel", "is '" + golden.word("kernel") + "', not gaussian or uniform");
        };
    Ssim ssim =
        new Ssim(
            window,
            edges,
            Variances.POPULATION,
            golden.param("data_range"),
            golden.param("k1", 0.01),
            golden.param("k2", 0.03));
    GoldenArray preds = golden.input("preds");
    Tensor x = preds.tensor();
    Tensor y = golden.input("target", preds.shape()).tensor();
    Tensor slopes = new SsimLoss(ssim).evaluate(Batch.of(x, y), Reduction.sum()).gradient();
    double[] values = ssim.of(x, y);
    boolean each = golden.reduction().equals("none");
    return Computed.inFloat()
        .with("value", new GoldenArray(each ? new int[] {values.length} : new int[0], values))
        .with("gradient.preds", GoldenArray.of(slopes, preds.shape()).map(g -> -g));
  }

  /** Inputs {@code im1} and {@code im2} [h, w]; one value. */
  static Computed scikitImage(GoldenCase golden) {
    GoldenArray one = golden.input("im1");
    GoldenArray two = golden.input("im2", one.shape());
    if (one.shape().length != 2) {
      throw golden.refusal("inputs.im1.shape", "does not have two axes");
    }
    boolean bell = golden.flag("gaussian_weights", false);
    double sigma = golden.param("sigma", 1.5);
    int size =
        bell
            ? 2 * (int) (golden.param("truncate", TRUNCATE) * sigma + 0.5) + 1
            : (int) golden.param("win_size", 7);
    boolean sample = golden.flag("use_sample_covariance", true);
    Ssim ssim =
        new Ssim(
            bell ? Window.gaussian(size, sigma) : Window.uniform(size),
            Edges.VALID,
            sample ? Variances.SAMPLE : Variances.POPULATION,
            golden.param("data_range"),
            golden.param("K1", 0.01),
            golden.param("K2", 0.03));
    int h = one.shape()[0];
    int w = one.shape()[1];
    double value = ssim.of(one.tensor(1, 1, h, w), two.tensor(1, 1, h, w))[0];
    return Computed.inFloat().with("value", GoldenArray.scalar(value));
  }

  /** Inputs {@code preds} and {@code target}; one value. */
  static Computed psnr(GoldenCase golden) {
    GoldenArray preds = golden.input("preds");
    GoldenArray target = golden.input("target", preds.shape());
    double value = new Psnr(golden.param("data_range")).of(preds.tensor(), target.tensor());
    return Computed.inFloat().with("value", GoldenArray.scalar(value));
  }

  /** Input {@code rgb} [h, w, 3] in [0, 1]; the value is Y, Cb, Cr in that order. */
  static Computed yCbCr(GoldenCase golden) {
    GoldenArray rgb = golden.input("rgb");
    if (rgb.last() != 3) {
      throw golden.refusal("inputs.rgb.shape", "does not end with 3");
    }
    int m = rgb.rows();
    float[] planes = new float[3 * m];
    for (int i = 0; i < planes.length; i++) {
      planes[i % 3 * m + i / 3] = (float) rgb.data()[i];
    }
    Image image = new Image(Tensor.of(planes, 1, 3, 1, m), PixelFormat.rgb());
    Tensor converted = image.yCbCr();
    double[] interleaved = new double[3 * m];
    for (int i = 0; i < planes.length; i++) {
      interleaved[i] = converted.get(i % 3 * m + i / 3);
    }
    return Computed.inFloat().with("value", new GoldenArray(rgb.shape(), interleaved));
  }
}
