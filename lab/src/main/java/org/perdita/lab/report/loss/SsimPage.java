package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.Tensor;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.perceptual.Ssim;
import org.perdita.perceptual.Ssim.Window;
import org.perdita.perceptual.SsimLoss;

/** One minus structural similarity. */
final class SsimPage {
  private SsimPage() {}

  static LossPage page() {
    return new LossPage(
        "SsimLoss",
        "One minus structural similarity: rewards a picture for the right local means, contrasts and structure.",
        "L = 1 − mean of (2 μx μy + c₁)(2 σxy + c₂) / ((μx² + μy² + c₁)(σx² + σy² + c₂))",
        "μ, σ² and σxy means, variances and covariance over a window, c₁ = (k₁ L)², c₂ = (k₂ L)², L the length of the pixels’ range",
        "Wang, Bovik, Sheikh, Simoncelli, “Image Quality Assessment: From Error Visibility to Structural Similarity”, IEEE TIP 2004, equation 13",
        "first pixel of a 3 × 3 picture, around its right value",
        List.of(
            LossCurve.ofMap(
                "3 × 3 window",
                new SsimLoss(Ssim.wang(1).with(Window.uniform(3))),
                0.5,
                ramp(),
                ramp()),
            LossCurve.ofMap(
                "mirrored edges",
                new SsimLoss(Ssim.torchmetrics(1).with(Window.uniform(3))),
                0.5,
                ramp(),
                ramp())),
        List.of(
            "Equal pictures cost 0, opposite structures up to 2.",
            "Multiplying pixels and range by one number changes nothing."),
        List.of(
            "Pictures [n, c, h, w], the target alike, at least as large as the window; a sample is a unit.",
            "Window, edges and variances are named: Ssim.wang, Ssim.torchmetrics, Ssim.scikitImage."),
        List.of(
            new Default("window", "11 × 11 bell, σ = 1.5", "Wang et al. 2004"),
            new Default("k₁, k₂", "0.01, 0.03", "Wang et al. 2004")),
        List.of(
            new Pitfall(
                "Values of two conventions compared: one pair gives 0.6585, 0.5847 or 0.5894.",
                "scikit-image’s default, piq and torchmetrics, measured")),
        Snippet.of("SsimLoss", Snippets.ssim()));
  }

  private static Tensor ramp() {
    return Tensor.of(new float[] {0.5f, 0.2f, 0.9f, 0.1f, 0.6f, 0.3f, 0.8f, 0, 1}, 1, 1, 3, 3);
  }
}
