package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The bi-tempered logistic loss of yes and no. */
final class BinaryBiTemperedPage {
  private BinaryBiTemperedPage() {}

  static LossPage page() {
    return new LossPage(
        "BinaryBiTemperedLoss",
        "The bi-tempered logistic loss of one yes-or-no question per element.",
        "BiTemperedLoss of the two logits (0, x) with the targets (1 − y, y)",
        "x the logit, y the target in [0, 1]; the rest as for BiTemperedLoss",
        BiTemperedPage.SOURCE,
        "logit x of an element whose target is 1",
        List.of(curve(1, 1), curve(0.2, 1), curve(1, 4), curve(0.2, 4)),
        List.of(
            "t₁ = t₂ = 1 is BinaryCrossEntropyLoss, less the entropy of a soft target.",
            "t₁ < 1: a label costs at most 1 / (1 − t₁)."),
        List.of(
            "Prediction of any shape; dense targets in [0, 1], or labels for predictions [n, c, …].",
            "t₁ at most 1, t₂ above 0."),
        BiTemperedPage.TEMPERATURES,
        List.of(
            new Pitfall(
                "Taking (−x, x) for the two logits instead of (0, x): every logit counts twice.",
                "pytorch-toolbelt at t₁ = t₂ = 1 gives the cross-entropy of 2x, measured"),
            new Pitfall(
                "Predicting with the sigmoid. Probabilities come from the tempered sigmoid with t₂;"
                    + " the sign of the logit decides either way.",
                "asked in google/bi-tempered-loss #12")),
        Snippet.of("BinaryBiTemperedLoss", Snippets.binaryBiTempered()));
  }

  private static LossCurve curve(double t1, double t2) {
    return LossCurve.ofPositive(BiTemperedPage.name(t1, t2), BinaryBiTemperedLoss.of(t1, t2));
  }
}
