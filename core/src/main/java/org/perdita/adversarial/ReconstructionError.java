package org.perdita.adversarial;

import java.nio.FloatBuffer;
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
    FloatBuffer from = input.buffer();
    float[] gradient = output.toArray();
    double sum = differ(from, gradient, (float) (1.0 / gradient.length));
    return new Evaluation(sum / gradient.length, Tensor.of(gradient, output.shape()));
  }

  /** Σ |to − from|, in four lanes; what is in {@code to} becomes its slope, ± share. */
  private static double differ(FloatBuffer from, float[] to, float share) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = to.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += differ(from, to, i, share);
      b += differ(from, to, i + 1, share);
      c += differ(from, to, i + 2, share);
      d += differ(from, to, i + 3, share);
    }
    for (int i = whole; i < to.length; i++) {
      a += differ(from, to, i, share);
    }
    return a + b + c + d;
  }

  private static double differ(FloatBuffer from, float[] to, int i, float share) {
    float x = from.get(i);
    float y = to[i];
    // Two factors carry the smallest difference past the share, and leave 0 where it is.
    to[i] = Math.max(-share, Math.min((y - x) * HUGE * HUGE, share));
    return Math.abs((double) y - x);
  }
}
