package org.perdita.lab.report.loss;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.perdita.Batch;
import org.perdita.Tensor;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.GeneralizedDiceLoss;
import org.perdita.segmentation.TverskyLoss;

/** The losses on the overlap of regions. */
final class RegionalPages {
  private static final String AXIS =
      "logit of one of two voxels of a region, the other one at 2, two voxels outside at −2";
  private static final String SYMBOLS =
      "I = Σ p y the overlap, P = Σ p the predicted size, Y = Σ y the true size, over the positions"
          + " of one class in one sample";
  private static final Pitfall EMPTY =
      new Pitfall(
          "An absent class costs 1 in one library and 0 in another. The policy has a name here.",
          "p = 0.01 on an empty target, measured: MONAI 1.0, segmentation_models 0.0, optax 0.95;"
              + " mmocr #408");
  private static final Pitfall BACKGROUND =
      new Pitfall(
          "Dropping the background before the softmax takes its logit out of the network's reach."
              + " Classes are selected after the activation here.",
          "MONAI's focal loss, measured: +50 on the background's logit changes nothing");

  private RegionalPages() {}

  static LossPage dice() {
    return new LossPage(
        "DiceLoss",
        "Grows the overlap of the predicted with the true region, relative to their sizes, so that"
            + " a small region counts as much as a large one.",
        "L = 1 − (2 I + sₙ) / (P + Y + s_d)",
        SYMBOLS + "; sₙ and s_d the smoothing",
        "Milletari, Navab, Ahmadi, “V-Net”, 3DV 2016, arXiv 1606.04797, section 3",
        AXIS,
        Stream.of(DiceLoss.Form.values())
            .map(
                form ->
                    LossCurve.ofEntry(
                        form.toString(), DiceLoss.sigmoid().withForm(form), 0, region(1)))
            .toList(),
        List.of(
            "TverskyLoss at α = β = ½ is this loss.",
            "A perfect mask costs 0, a mask without overlap nearly 1."),
        List.of(
            "Prediction [n, c, …]; labels [n, …] or a tensor in [0, 1] of the prediction's shape.",
            "Softmax, sigmoid or probabilities, named in the factory.",
            "A unit is a class of a sample; weights one a unit, or one a position."),
        List.of(
            new Default("smoothing", "1e-5 in both", "MONAI"),
            new Default("pooling", "each sample for itself", "MONAI; segmentation_models pools")),
        List.of(
            EMPTY,
            BACKGROUND,
            new Pitfall(
                "Sums in half precision overflow. Sums are in double here.",
                "segmentation_models #463")),
        Snippet.of("DiceLoss", Snippets.dice()));
  }

  static LossPage tversky() {
    return new LossPage(
        "TverskyLoss",
        "The Dice loss with a price each for false positives and for misses: small lesions are found"
            + " when misses cost more.",
        "T = (I + sₙ) / (I + α (P − I) + β (Y − I) + s_d),  L = (1 − T)^γ",
        SYMBOLS + "; α the price of a false positive, β of a miss, γ the focal exponent",
        "Salehi, Erdogmus, Gholipour, “Tversky loss function for image segmentation”, MLMI 2017,"
            + " arXiv 1706.05721, equation 3",
        AXIS,
        DoubleStream.of(0.3, 0.5, 0.7)
            .mapToObj(
                beta ->
                    LossCurve.ofEntry(
                        "β = " + Numerals.of(beta) + ", α = 1 − β",
                        TverskyLoss.sigmoid(1 - beta, beta),
                        0,
                        region(1)))
            .toList(),
        List.of("α = β = ½ is DiceLoss.", "α = β = 1 is its Jaccard form."),
        List.of(
            "Prediction, targets and weights as DiceLoss.",
            "α and β finite, 0 or more; γ in [1, 100]."),
        List.of(
            new Default("α, β", "0.3, 0.7", "Salehi et al. 2017"),
            new Default("γ", "1; the focal form has 4/3 as 1/γ", "Abraham, Khan 2019")),
        List.of(
            EMPTY,
            new Pitfall(
                "Which of α and β weighs false positives is told both ways. Here α does.",
                "MONAI and the paper: α")),
        Snippet.of("TverskyLoss", Snippets.tversky()));
  }

  static LossPage generalizedDice() {
    return new LossPage(
        "GeneralizedDiceLoss",
        "One overlap for all classes, in which a class counts the more the smaller it is.",
        "L = 1 − (2 Σₖ wₖ Iₖ + sₙ) / (Σₖ wₖ (Pₖ + Yₖ) + s_d),  wₖ = 1 / Yₖ²",
        SYMBOLS + "; wₖ the weight of class k, without a gradient of its own",
        "Sudre et al., “Generalised Dice overlap as a deep learning loss function”, DLMIA 2017,"
            + " arXiv 1707.03237, section 2",
        AXIS + "; the background a class of its own",
        Stream.of(GeneralizedDiceLoss.Size.values())
            .map(
                size ->
                    LossCurve.ofEntry(
                        size.toString(),
                        GeneralizedDiceLoss.sigmoid().withSize(size),
                        0,
                        region(2)))
            .toList(),
        List.of("Of a single class it is DiceLoss."),
        List.of(
            "Prediction, targets and weights as DiceLoss; a unit is a sample.",
            "The weight of an absent class is chosen by name."),
        List.of(
            new Default("weights", "1 / Y²", "Sudre et al. 2017"),
            new Default("an absent class", "as the largest weight present", "MONAI")),
        List.of(
            new Pitfall(
                "1 / (Y + 1e-10)² gives an absent class the weight 1e20: the loss is 1, and the"
                    + " gradient of all other classes is lost.",
                "boundary-loss repository, measured")),
        Snippet.of("GeneralizedDiceLoss", Snippets.generalizedDice()));
  }

  /** Four voxels, the first two in class 0; a second class is the others. */
  private static Batch region(int classes) {
    float[] x = {0, 2, -2, -2, 0, -2, 2, 2};
    float[] y = {1, 1, 0, 0, 0, 0, 1, 1};
    return Batch.of(
        Tensor.of(java.util.Arrays.copyOf(x, 4 * classes), 1, classes, 4),
        Tensor.of(java.util.Arrays.copyOf(y, 4 * classes), 1, classes, 4));
  }
}
