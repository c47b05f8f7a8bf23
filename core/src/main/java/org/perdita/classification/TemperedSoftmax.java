package org.perdita.classification;

import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Probabilities of the tempered softmax, for prediction: p = exp<sub>t</sub>(x − λ) with λ such
 * that Σ p = 1 over the classes. A network trained with {@link BiTemperedLoss} predicts with its
 * t2.
 *
 * @param t temperature, a finite number above 0; 1 is the softmax
 * @param normalization how p is made to sum to 1
 */
public record TemperedSoftmax(double t, Normalization normalization) {

  public TemperedSoftmax {
    Check.that(
        t > 0 && t < Double.POSITIVE_INFINITY,
        "TemperedSoftmax",
        "t",
        t,
        "a finite number above 0");
  }

  /** Solved to tolerance. */
  public TemperedSoftmax(double t) {
    this(t, Normalization.solved());
  }

  /**
   * The probabilities of {@code logits}, in new memory.
   *
   * @param logits {@code [n, c]} or {@code [n, c, d…]}
   */
  public Tensor of(Tensor logits) {
    Check.that(
        logits.rank() >= 2 && logits.length(1) >= 1,
        this,
        "logits",
        logits,
        "of shape [n, c] or [n, c, d1, …] with at least one class");
    int classes = logits.length(1);
    int inner = 1;
    for (int axis = 2; axis < logits.rank(); axis++) {
      inner *= logits.length(axis);
    }
    float[] p = logits.toArray();
    TemperedDistribution distribution = new TemperedDistribution(t, normalization);
    double[] unit = new double[classes];
    for (int i = 0; i < p.length / classes; i++) {
      int first = i / inner * inner * classes + i % inner;
      for (int k = 0; k < classes; k++) {
        unit[k] = p[first + k * inner];
      }
      distribution.apply(unit, classes);
      for (int k = 0; k < classes; k++) {
        p[first + k * inner] = (float) unit[k];
      }
    }
    return Tensor.of(p, logits.shape());
  }
}
