package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.Tensor;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.perceptual.ChannelDistanceLoss;

/** One layer of LPIPS. */
final class ChannelDistancePage {
  private ChannelDistancePage() {}

  static LossPage page() {
    return new LossPage(
        "ChannelDistanceLoss",
        "One layer of the learned perceptual distance LPIPS: directions of features are compared, and learned weights say how much each channel counts.",
        "L = mean over positions of Σ w (φ/(‖φ‖ + ε) − ψ/(‖ψ‖ + ε))²",
        "φ and ψ the features of prediction and target at a position, w a weight a channel, ε = 1e-10",
        "Zhang, Isola, Efros, Shechtman, Wang, “The Unreasonable Effectiveness of Deep Features as a Perceptual Metric”, CVPR 2018, arXiv 1801.03924, equation 1",
        "the first of two features, the second is 1; the target’s are 1 and 1",
        List.of(
            LossCurve.ofMap(
                "w = 1, 1",
                new ChannelDistanceLoss(List.of(1.0, 1.0)),
                3,
                Tensor.of(new float[] {0, 1}, 1, 2, 1, 1),
                Tensor.of(new float[] {1, 1}, 1, 2, 1, 1)),
            LossCurve.ofMap(
                "w = 1, 0",
                new ChannelDistanceLoss(List.of(1.0, 0.0)),
                3,
                Tensor.of(new float[] {0, 1}, 1, 2, 1, 1),
                Tensor.of(new float[] {1, 1}, 1, 2, 1, 1))),
        List.of(
            "Features that are longer, in the same direction, cost nothing.",
            "Where all features are 0 the gradient is 0."),
        List.of(
            "Features [n, c, h, w], the target alike; as many weights as channels, none negative; a sample is a unit."),
        List.of(
            new Default(
                "weights",
                "read from a file",
                "LPIPS v0.1, trained on the backbones of torchvision"),
            new Default(
                "input",
                "red, green, blue in [−1, 1], then shifted and scaled",
                "NetworkInput.lpips()")),
        List.of(
            new Pitfall(
                "NaN gradients where all features are 0, as ε stands outside the square root.",
                "PerceptualSimilarity #69 and #121, MONAI PR #8982"),
            new Pitfall(
                "Pictures in [0, 1] where [−1, 1] is wanted.",
                "pixelsplat #19, PerceptualSimilarity #83, torchmetrics PR #1296")),
        Snippet.of("ChannelDistanceLoss", Snippets.channelDistance()));
  }
}
