package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.Tensor;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.perceptual.StyleLoss;

/** The style loss. */
final class StylePage {
  private StylePage() {}

  static LossPage page() {
    return new LossPage(
        "StyleLoss",
        "Pulls the correlations between a picture’s features, wherever they are, towards those of a style picture; textures and colours follow, the arrangement does not.",
        "L = k ‖F Fᵀ / d − S Sᵀ / d′‖²",
        "F the C × M matrix of the prediction’s features, M = H W; S the style’s; k and d as the form says: Johnson 1 and C M, their code 1/C² and C M, Gatys 1/(4 C² M²) and 1, piq 1/C² and 1",
        "Johnson, Alahi, Fei-Fei, “Perceptual Losses for Real-Time Style Transfer and Super-Resolution”, ECCV 2016, arXiv 1603.08155, equations 3 and 4; Gatys, Ecker, Bethge, “A Neural Algorithm of Artistic Style”, 2015, arXiv 1508.06576, equations 3 to 5",
        "the one feature of a map of size 1; the style’s is 1",
        List.of(
            LossCurve.ofMap(
                "Johnson",
                StyleLoss.johnson(),
                1.5,
                Tensor.zeros(1, 1, 1, 1),
                Tensor.of(new float[] {1}, 1, 1, 1, 1)),
            LossCurve.ofMap(
                "Gatys",
                StyleLoss.gatys(),
                1.5,
                Tensor.zeros(1, 1, 1, 1),
                Tensor.of(new float[] {1}, 1, 1, 1, 1))),
        List.of(
            "Moving features about within the map changes nothing.",
            "Gatys’s is a quarter of Johnson’s, whatever the size."),
        List.of(
            "Features [n, c, h, w]; the target is features of as many channels, or their Gram matrices [n, c, c]; one style may serve a batch.",
            "Form.convert turns a weight of one form into another’s."),
        List.of(
            new Default("layers", "relu1_2, relu2_2, relu3_3, relu4_3", "Johnson et al. 2016"),
            new Default("weight", "5 in the form of their code", "their code"),
            new Default("weight", "1e10 in the same form", "pytorch/examples")),
        List.of(
            new Pitfall(
                "A weight from one project in another: on one pair of features the four forms give 2.3e-5, 3.6e-10, 5.9e-6 and 393.",
                "measured; asked in fast-neural-style #61, neural-style #376, keras PR #6872")),
        Snippet.of("StyleLoss", Snippets.style()));
  }
}
