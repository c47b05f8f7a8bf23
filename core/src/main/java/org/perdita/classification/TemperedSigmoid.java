package org.perdita.classification;

import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Probabilities of the tempered sigmoid, for prediction: the second of the {@link TemperedSoftmax}
 * of [0, x]. A network trained with {@link BinaryBiTemperedLoss} predicts with its t2.
 *
 * @param t temperature, a finite number above 0; 1 is the sigmoid
 * @param normalization how the two probabilities are made to sum to 1
 */
public record TemperedSigmoid(double t, Normalization normalization) {

  public TemperedSigmoid {
    Check.that(
        t > 0 && t < Double.POSITIVE_INFINITY,
        "TemperedSigmoid",
        "t",
        t,
        "a finite number above 0");
  }

  /** Solved to tolerance. */
  public TemperedSigmoid(double t) {
    this(t, Normalization.solved());
  }

  /** The probabilities of {@code logits}, of any shape, in new memory. */
  public Tensor of(Tensor logits) {
    float[] p = logits.toArray();
    TemperedDistribution distribution = new TemperedDistribution(t, normalization);
    double[] pair = new double[2];
    for (int i = 0; i < p.length; i++) {
      pair[0] = 0;
      pair[1] = p[i];
      distribution.apply(pair, 2);
      p[i] = (float) pair[1];
    }
    return Tensor.of(p, logits.shape());
  }
}
