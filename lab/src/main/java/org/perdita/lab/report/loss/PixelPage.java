package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.perceptual.PixelLoss;

/** Losses between pixels. */
final class PixelPage {
  private PixelPage() {}

  static LossPage page() {
    return new LossPage(
        "PixelLoss",
        "Pulls each pixel to its own target; the squared error gives the mean of all pictures that are possible, which looks blurred.",
        "l = d² (squared error), |d| (absolute error), √(d² + ε²) (Charbonnier)",
        "d the difference of prediction and target, ε where the tip is rounded",
        "Charbonnier for pictures: Lai, Huang, Ahuja, Yang, “Deep Laplacian Pyramid Networks”, CVPR 2017, arXiv 1704.03915, section 3.3",
        "difference d",
        List.of(
            LossCurve.ofError("squared error", PixelLoss.squaredError(), 2),
            LossCurve.ofError("absolute error", PixelLoss.absoluteError(), 2),
            LossCurve.ofError("Charbonnier, ε = 0.3", PixelLoss.charbonnier(0.3), 2)),
        List.of(
            "Charbonnier with ε → 0 is the absolute error.", "At d = 0 all three have gradient 0."),
        List.of(
            "Prediction and target of one shape, any; every element is a unit.",
            "ε in (0, 1e30); targets are any finite numbers."),
        List.of(
            new Default("ε", "1e-3", "Lai et al. 2017"),
            new Default("reduction", "mean over pixels and channels", "PyTorch, BasicSR")),
        List.of(
            new Pitfall(
                "A higher PSNR taken for a better picture: the squared error is what PSNR measures.",
                "Johnson et al. 2016, section 4.2: the perceptual loss loses on PSNR and looks sharper")),
        Snippet.of("PixelLoss", Snippets.pixel()));
  }
}
