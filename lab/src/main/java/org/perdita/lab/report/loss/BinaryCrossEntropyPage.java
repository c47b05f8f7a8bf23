package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The logistic loss of yes and no. */
final class BinaryCrossEntropyPage {
  private BinaryCrossEntropyPage() {}

  static LossPage page() {
    return new LossPage(
        "BinaryCrossEntropyLoss",
        "The logistic loss of one yes-or-no question per element: each logit is pulled towards its"
            + " own target, independently of the others.",
        "L = −y log σ(x) − (1 − y) log σ(−x),  ∂L/∂x = σ(x) − y",
        "x the logit, y the target in [0, 1], σ the logistic function",
        "Maximum likelihood for the Bernoulli logit model",
        "logit x of an element whose target is 1",
        List.of(LossCurve.ofPositive("y = 1", new BinaryCrossEntropyLoss())),
        List.of(
            "At x = 0 the value is log 2 ≈ 0.693, whatever the target.",
            "Far on the wrong side the value grows like |x|; the gradient stays in [−1, 1]."),
        List.of(
            "Prediction of any shape; dense targets in [0, 1] of the same shape, or labels for"
                + " predictions [n, c, …].",
            "A weight for positives, none, one for all classes, or one a class."),
        List.of(new Default("reduction", "mean over the units that count", "PyTorch, Keras")),
        List.of(
            new Pitfall(
                "A missing minus: a loss that rewards wrong answers.",
                "DJL 0.38.0, Loss.sigmoidBinaryCrossEntropyLoss with fromSigmoid = true, measured:"
                    + " a good prediction gives −0.105, a bad one −2.303"),
            new Pitfall(
                "Sigmoid first, then a clipped logarithm: at a positive's logit of −17 the gradient"
                    + " is exactly 0 where it should be −1.",
                "Keras BinaryFocalCrossentropy(from_logits=True), measured")),
        Snippet.of("BinaryCrossEntropyLoss", Snippets.binaryCrossEntropy()));
  }
}
