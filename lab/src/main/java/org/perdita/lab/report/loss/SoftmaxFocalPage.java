package org.perdita.lab.report.loss;

import java.util.List;
import java.util.stream.DoubleStream;
import org.perdita.classification.SoftmaxFocalLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The focal loss over exclusive classes. */
final class SoftmaxFocalPage {
  private SoftmaxFocalPage() {}

  static LossPage page() {
    return new LossPage(
        "SoftmaxFocalLoss",
        "Cross-entropy over classes that exclude each other, with units that are already right"
            + " counting less.",
        "L = −Σₖ yₖ (1 − pₖ)^γ log pₖ,  p = softmax(x)",
        "x logits, y the target distribution (one-hot for a label), p the predicted distribution",
        "The factor of Lin et al., ICCV 2017, arXiv 1708.02002, on the softmax instead of the"
            + " sigmoid",
        "logit of the true class, one other class at 0",
        DoubleStream.of(0, 0.5, 1, 2, 5)
            .mapToObj(
                gamma ->
                    LossCurve.ofTrueClass(
                        "γ = " + Numerals.of(gamma), new SoftmaxFocalLoss(gamma), 2))
            .toList(),
        List.of(
            "γ = 0 is CrossEntropyLoss.",
            "With two classes and a label it is the sigmoid FocalLoss, without α, of the difference"
                + " of the logits."),
        List.of(
            "Prediction [n, c] or [n, c, d1, …]; labels [n, …] or distributions of the prediction's"
                + " shape.",
            "γ in [0, 1000); class weights, none or one a class."),
        List.of(
            new Default(
                "γ", "2", "Lin et al., ICCV 2017, for the sigmoid form; none for the softmax")),
        List.of(
            new Pitfall(
                "There is no agreed value. For the same logits and labels at γ = 2 the formula gives"
                    + " 1.8146; kornia and MONAI give 0.6049 (they divide by the number of classes"
                    + " as well), SMP’s “multiclass” 0.7500 (a sigmoid per class).",
                "measured, three classes, mean"),
            new Pitfall(
                "NaN gradients for γ between 0 and 1 on easy units.",
                "kornia's and MONAI's softmax forms, measured at a logit of 100"),
            new Pitfall(
                "A scalar α over several classes means little: class 0 gets 1 − α and all others α.",
                "kornia and MONAI, read in their source")),
        Snippet.of("SoftmaxFocalLoss", Snippets.softmaxFocal()));
  }
}
