package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The bi-tempered logistic loss over several classes. */
final class BiTemperedPage {
  static final String SOURCE =
      "Amid, Warmuth, Anil, Koren, “Robust Bi-Tempered Logistic Loss Based on Bregman"
          + " Divergences”, NeurIPS 2019, arXiv 1906.03361; formula as in google/bi-tempered-loss";

  /** Temperatures that people use, each with where they are from. */
  static final List<Default> TEMPERATURES =
      List.of(
          new Default(
              "t₁, t₂ on the plane",
              "(1, 4) for noise near the border, (0.2, 1) far from it, (0.2, 4) for random noise",
              "the paper's figure (unconfirmed)"),
          new Default("t₁, t₂ on MNIST", "(0.5, 4)", "the paper's table (unconfirmed)"),
          new Default("t₁, t₂ on CIFAR-100", "(0.8, 1.2)", "the paper's table (unconfirmed)"));

  private BiTemperedPage() {}

  static LossPage page() {
    return new LossPage(
        "BiTemperedLoss",
        "The logistic loss with two temperatures: t₁ below 1 bounds what one wrong label can cost,"
            + " t₂ above 1 gives the probabilities a heavy tail, so that a label near the border"
            + " pulls less.",
        "L = Σᵢ [yᵢ (log_t₁ yᵢ − log_t₁ pᵢ) − (yᵢ^(2−t₁) − pᵢ^(2−t₁)) / (2 − t₁)],"
            + "  pᵢ = exp_t₂(xᵢ − λ),  Σᵢ pᵢ = 1",
        "x logits, y the target distribution, λ what makes the probabilities sum to 1;"
            + " logₜ u = (u^(1−t) − 1) / (1 − t) and expₜ its inverse, cut off at 0",
        SOURCE,
        "logit of the true class, one other class at 0",
        List.of(curve(1, 1), curve(0.2, 1), curve(1, 4), curve(0.2, 4)),
        List.of(
            "t₁ = t₂ = 1 is CrossEntropyLoss, less the entropy of a soft target.",
            "t₁ < 1: a label costs at most 1 / (1 − t₁), however wrong the prediction.",
            "t₂ = 1: the softmax; the generalised cross-entropy and a term of its own.",
            "t₂ < 1: far classes get probability 0 exactly."),
        List.of(
            "Prediction [n, c] or [n, c, d1, …]; labels [n, …] or distributions of the prediction's"
                + " shape.",
            "t₁ at most 1, t₂ above 0; label smoothing and class weights as for CrossEntropyLoss."),
        TEMPERATURES,
        List.of(
            new Pitfall(
                "Five iterations do not always normalise: the probabilities of 1,000 classes at"
                    + " t₂ = 1.5, logits of standard deviation 20, are off by 0.20 in their sum. Here λ is"
                    + " solved to tolerance.",
                "google/bi-tempered-loss with its default, measured"),
            new Pitfall(
                "Labels a hair outside [0, 1] become NaN. Here they are refused.",
                "google/bi-tempered-loss, measured with a label of 1.0000001; its issue #13"),
            new Pitfall(
                "Predicting with the softmax. Probabilities come from the tempered softmax with t₂;"
                    + " the largest logit wins either way.",
                "asked in google/bi-tempered-loss #12"),
            new Pitfall(
                "Two conventions of label smoothing: the authors leave 1 − s on the true class,"
                    + " PyTorch 1 − s + s / c.",
                "google/bi-tempered-loss and PyTorch, read"),
            new Pitfall(
                "NaN gradients where t₂ is below both t₁ and 1 and a probability is 0.",
                "google/bi-tempered-loss, measured")),
        Snippet.of("BiTemperedLoss", Snippets.biTempered()));
  }

  private static LossCurve curve(double t1, double t2) {
    return LossCurve.ofTrueClass(name(t1, t2), BiTemperedLoss.of(t1, t2), 2);
  }

  static String name(double t1, double t2) {
    return "t₁ = " + Numerals.of(t1) + ", t₂ = " + Numerals.of(t2);
  }
}
