package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.classification.Alpha;
import org.perdita.classification.FocalStarLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The variant in the focal loss paper's appendix. */
final class FocalStarPage {
  private static final String PAPER = "Lin et al., ICCV 2017";

  private FocalStarPage() {}

  static LossPage page() {
    return new LossPage(
        "FocalStarLoss",
        "Cross-entropy of a steepened and shifted logit: like the focal loss it lets go of what is"
            + " already right, and it is convex.",
        "FL* = −αₜ log σ(γ xₜ + β) / γ,  ∂FL*/∂xₜ = αₜ (σ(γ xₜ + β) − 1)",
        "xₜ = x for a positive and −x for a negative; αₜ = α for a positive and 1 − α for a negative",
        "Lin, Goyal, Girshick, He, Dollár, “Focal Loss for Dense Object Detection”, ICCV 2017,"
            + " arXiv 1708.02002, appendix",
        "logit x of an element whose target is 1, no α",
        List.of(curve(1, 0), curve(2, 1), curve(4, 0)),
        List.of(
            "γ = 1, β = 0 without α is BinaryCrossEntropyLoss.",
            "The gradient of an element stays in [−1, 1]; far on the wrong side the value grows"
                + " like |x|."),
        List.of(
            "Prediction of any shape; dense targets in [0, 1], or labels for predictions [n, c, …].",
            "γ in [0.001, 1000), β in [−1000, 1000]; α none, one for all classes, or one a class.",
            "A soft target y scales the logit by 2 y − 1, as in fvcore."),
        List.of(
            new Default("γ, β", "2, 1", PAPER + ", table 3: AP 33.8 against 34.0 for focal, γ = 2"),
            new Default("γ, β", "4, 0", PAPER + ", table 3: AP 33.9"),
            new Default("γ", "1, without β", "fvcore")),
        List.of(
            new Pitfall(
                "No β: fvcore's form is fixed at β = 0, so the paper's first setting cannot be"
                    + " had.",
                "fvcore, read")),
        Snippet.of("FocalStarLoss", Snippets.focalStar()));
  }

  private static LossCurve curve(double gamma, double beta) {
    return LossCurve.ofPositive(
        "γ = " + Numerals.of(gamma) + ", β = " + Numerals.of(beta),
        new FocalStarLoss(Alpha.none(), gamma, beta));
  }
}
