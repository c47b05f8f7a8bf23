package org.perdita.lab.report.loss;

import java.util.List;
import java.util.stream.DoubleStream;
import org.perdita.classification.Alpha;
import org.perdita.classification.FocalLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The focal loss of dense detection. */
final class FocalPage {
  private static final String PAPER = "Lin et al., ICCV 2017";

  private FocalPage() {}

  static LossPage page() {
    return new LossPage(
        "FocalLoss",
        "Binary cross-entropy that stops caring about what is already right, so that many easy"
            + " negatives do not drown the few positives.",
        "FL = −αₜ (1 − pₜ)^γ log pₜ,  ∂FL/∂xₜ = αₜ (1 − pₜ)^γ (γ pₜ log pₜ + pₜ − 1)",
        "pₜ = σ(xₜ) the probability of what is true, xₜ = x for a positive and −x for a"
            + " negative; αₜ = α for a positive and 1 − α for a negative",
        "Lin, Goyal, Girshick, He, Dollár, “Focal Loss for Dense Object Detection”, ICCV 2017,"
            + " arXiv 1708.02002, equations 5 and 10",
        "logit x of an element whose target is 1, no α",
        DoubleStream.of(0, 0.5, 1, 2, 5)
            .mapToObj(
                gamma ->
                    LossCurve.ofPositive(
                        "γ = " + Numerals.of(gamma), new FocalLoss(Alpha.none(), gamma)))
            .toList(),
        List.of(
            "γ = 0 without α is BinaryCrossEntropyLoss.",
            "At γ = 2 an element that is right with p = 0.9 costs a hundred times less than under"
                + " cross-entropy.",
            "Far on the wrong side it grows like cross-entropy; far on the right side it falls like"
                + " e^−(γ + 1)x."),
        List.of(
            "Prediction of any shape; dense targets in [0, 1], or labels for predictions [n, c, …].",
            "γ in [0, 1000); α none, one for all classes, or one a class.",
            "Soft targets: pₜ = p y + (1 − p)(1 − y), as torchvision, fvcore and optax have it."),
        List.of(
            new Default("γ", "2", PAPER + ", table 1b: AP 34.0 against 31.1 for cross-entropy"),
            new Default("α", "0.25 with γ = 2", PAPER + ", table 1b; torchvision"),
            new Default("α", "none", "fvcore"),
            new Default(
                "bias of the last layer",
                "−log((1 − π) / π) with π = 0.01, which is −4.595",
                PAPER + ": without it, training with cross-entropy diverges"),
            new Default(
                "reduction",
                "divided by the number of anchors assigned to an object, at least 1",
                PAPER + "; keras-retinanet")),
        List.of(
            new Pitfall(
                "NaN gradients for γ between 0 and 1, on easy elements: 0 to a negative power."
                    + " Here they are finite for every finite logit.",
                "torchvision 0.28 at γ = 0.5, measured: a positive's logit of 17 or more in"
                    + " float32; also kornia #918, keras-retinanet #706"),
            new Pitfall(
                "The mean over all anchors, most of which are easy negatives, makes the loss"
                    + " tiny. Divide by the number of positives.",
                "asked in Detectron2 #703 and keras-retinanet #709"),
            new Pitfall(
                "For soft targets there are several formulas under one name.",
                "five libraries gave four values for a target of 0.3, measured"),
            new Pitfall(
                "The focal factor applied to the mean instead of to each element.",
                "LDAM-DRW #6, pytorch-deeplab-xception #133")),
        Snippet.of("FocalLoss", Snippets.focal()));
  }
}
