package org.perdita.adversarial;

import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * How far an autoencoder's output is from its input: the mean of |output − input| over all entries,
 * BEGAN's L.
 *
 * <p>The gradient is with respect to the output: ± 1 / size, and 0 where both are equal. Where the
 * input is itself made by a network, its own gradient is the negative of that, besides what comes
 * back through the autoencoder.
 *
 * @see BeganBalance
 */
public final class ReconstructionError {
  private static final float HUGE = 1e38f;

  private ReconstructionError() {}

  /**
   * The error, and its gradient in the output.
   *
   * @throws IllegalArgumentException if shapes differ or are empty
   */
  public static Evaluation evaluate(Tensor input, Tensor output) {
    Check.shape("ReconstructionError", "output", output.shape(), "input", input.shape());
    Check.that(input.size() > 0, "ReconstructionError", "input", input, "not empty");
    float[] from = input.toArray();
    float[] to = output.toArray();
    float[] gradient = new float[to.length];
    float share = (float) (1.0 / to.length);
    for (int i = 0; i < to.length; i++) {
      // Two factors carry the smallest difference past the share, and leave 0 where it is.
      float sign = (to[i] - from[i]) * HUGE * HUGE;
      gradient[i] = Math.max(-share, Math.min(sign, share));
    }
    return new Evaluation(sum(from, to) / to.length, Tensor.of(gradient, output.shape()));
  }

  /** Σ |to − from|, in four lanes, one after the other. */
  private static double sum(float[] from, float[] to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = to.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += Math.abs((double) to[i] - from[i]);
      b += Math.abs((double) to[i + 1] - from[i + 1]);
      c += Math.abs((double) to[i + 2] - from[i + 2]);
      d += Math.abs((double) to[i + 3] - from[i + 3]);
    }
    for (int i = whole; i < to.length; i++) {
      a += Math.abs((double) to[i] - from[i]);
    }
    return a + b + c + d;
  }
}
