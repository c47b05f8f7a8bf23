package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The logistic loss over several classes. */
final class CrossEntropyPage {
  private CrossEntropyPage() {}

  static LossPage page() {
    var loss = new CrossEntropyLoss();
    return new LossPage(
        "CrossEntropyLoss",
        "The logistic loss: pulls the true class's probability to 1, and pulls the harder the more"
            + " wrong the prediction is, without bound.",
        "L = −Σₖ yₖ log pₖ,  p = softmax(x),  ∂L/∂xₖ = pₖ − yₖ",
        "x logits, y the target distribution (one-hot for a label), p the predicted distribution",
        "Maximum likelihood for the multinomial logit model",
        "logit of the true class, all other logits 0",
        List.of(
            LossCurve.ofTrueClass("2 classes", loss, 2),
            LossCurve.ofTrueClass("10 classes", loss, 10),
            LossCurve.ofTrueClass("1,000 classes", loss, 1000)),
        List.of(
            "A logit far below the others costs its distance to them: the value grows linearly and"
                + " without bound, which is why a few wrong labels can dominate training.",
            "The gradient of the true class's logit stays in [−1, 0], every other one's in [0, 1].",
            "With two classes it is the binary cross-entropy of the difference of the logits."),
        List.of(
            "Prediction [n, c] or [n, c, d1, …]; labels [n, …] or distributions of the prediction's"
                + " shape.",
            "Labels from 0 to c − 1; distributions with entries of 0 or more that sum to 1.",
            "Class weights, and label smoothing of two conventions: uniform (PyTorch, Keras) and off-class."),
        List.of(new Default("reduction", "mean over the units that count", "PyTorch, Keras")),
        List.of(
            new Pitfall(
                "Taking log-sum-exp without subtracting the largest logit: from about 88 on, a"
                    + " float32 logit overflows and the loss is finite but wrong.",
                "measured in the TensorFlow code of google/bi-tempered-loss, path t2 = 1"),
            new Pitfall(
                "“from logit” flags that mean opposite things in two losses of one library. Here a"
                    + " prediction is always what the last linear layer gives.",
                "DJL: SoftmaxCrossEntropyLoss and MaskedSoftmaxCrossEntropyLoss, read in their"
                    + " bytecode")),
        Snippet.of("CrossEntropyLoss", Snippets.crossEntropy()));
  }
}
