package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.Tensor;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.perceptual.FeatureLoss;

/** The feature reconstruction loss. */
final class FeaturePage {
  private FeaturePage() {}

  static LossPage page() {
    return new LossPage(
        "FeatureLoss",
        "Pulls what a network sees in one picture towards what it sees in another, so that the pictures look alike without agreeing pixel by pixel.",
        "L = ‖φ − ψ‖² / (C H W) (squared error), Σ |φ − ψ| / (C H W) (absolute error), ‖φ − ψ‖ (Frobenius)",
        "φ the features of the prediction, ψ of the target; C, H, W their channels, height and width",
        "Johnson, Alahi, Fei-Fei, “Perceptual Losses for Real-Time Style Transfer and Super-Resolution”, ECCV 2016, arXiv 1603.08155, equation 2",
        "the one feature φ of a map of size 1, ψ = 0",
        List.of(
            LossCurve.ofMap(
                "squared error",
                FeatureLoss.squaredError(),
                2,
                Tensor.zeros(1, 1, 1, 1),
                Tensor.zeros(1, 1, 1, 1)),
            LossCurve.ofMap(
                "absolute error",
                FeatureLoss.absoluteError(),
                2,
                Tensor.zeros(1, 1, 1, 1),
                Tensor.zeros(1, 1, 1, 1)),
            LossCurve.ofMap(
                "Frobenius",
                FeatureLoss.frobenius(),
                2,
                Tensor.zeros(1, 1, 1, 1),
                Tensor.zeros(1, 1, 1, 1))),
        List.of(
            "φ = ψ costs nothing and has gradient 0.",
            "A difference of 1 everywhere costs 1 at any size, but for Frobenius."),
        List.of(
            "Features [n, c, h, w] or any [n, …], the target alike; a sample is a unit.",
            "Features come from any network; NetworkInput says what that network was trained on."),
        List.of(
            new Default("layer", "relu2_2", "Johnson et al. 2016, style transfer"),
            new Default("layer", "relu3_3", "their code"),
            new Default("weight", "1", "their code"),
            new Default("weight", "1e5, with style 1e10", "pytorch/examples")),
        List.of(
            new Pitfall(
                "Pictures in the wrong range or channel order: no error, worse features. The type Image carries both, and NetworkInput converts.",
                "asked in nerfstudio #1424, RAE #25, torchmetrics PR #1296"),
            new Pitfall(
                "One norm over the whole batch, so that a sample’s gradient depends on the others.",
                "BasicSR, criterion fro")),
        Snippet.of("FeatureLoss", Snippets.feature()));
  }
}
