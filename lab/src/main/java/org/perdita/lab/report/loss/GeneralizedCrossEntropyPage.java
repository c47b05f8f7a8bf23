package org.perdita.lab.report.loss;

import java.util.List;
import java.util.stream.DoubleStream;
import org.perdita.classification.GeneralizedCrossEntropyLoss;
import org.perdita.lab.report.loss.LossPage.Default;

/** The bounded cross-entropy of Zhang and Sabuncu. */
final class GeneralizedCrossEntropyPage {
  private GeneralizedCrossEntropyPage() {}

  static LossPage page() {
    return new LossPage(
        "GeneralizedCrossEntropyLoss",
        "Between cross-entropy and absolute error: bounded, so that a wrong label that the network"
            + " does not believe stops pulling.",
        "L = (1 − p_y^q) / q,  p = softmax(x)",
        "p_y the probability of the label's class",
        "Zhang, Sabuncu, “Generalized Cross Entropy Loss for Training Deep Neural Networks with"
            + " Noisy Labels”, NeurIPS 2018 (unconfirmed)",
        "logit of the true class, one other class at 0",
        DoubleStream.of(0.1, 0.4, 0.7, 1)
            .mapToObj(
                q ->
                    LossCurve.ofTrueClass(
                        "q = " + Numerals.of(q), new GeneralizedCrossEntropyLoss(q), 2))
            .toList(),
        List.of(
            "q → 0 is CrossEntropyLoss.",
            "q = 1 is 1 − p, half the absolute error between the distributions.",
            "A label costs at most 1 / q.",
            "It is the first term of BiTemperedLoss at t₁ = 1 − q, t₂ = 1."),
        List.of(
            "Prediction [n, c] or [n, c, d1, …]; labels [n, …] or distributions.", "q in (0, 1]."),
        List.of(new Default("q", "0.7", "Zhang, Sabuncu, NeurIPS 2018 (unconfirmed)")),
        List.of(),
        Snippet.of("GeneralizedCrossEntropyLoss", Snippets.generalizedCrossEntropy()));
  }
}
