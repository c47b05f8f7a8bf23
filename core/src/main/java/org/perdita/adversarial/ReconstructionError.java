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
  private ReconstructionError() {}

  /**
   * The error, and its gradient in the output.
   *
   * @throws IllegalArgumentException if shapes differ or are empty
   */
  public static Evaluation evaluate(Tensor input, Tensor output) {
    Check.shape("ReconstructionError", "output", output.shape(), "input", input.shape());
    Check.that(input.size() > 0, "ReconstructionError", "input", input, "not empty");
    Tensor gradient = Tensor.zeros(output.shape());
    FloatBuffer out = gradient.buffer();
    double sum = 0;
    for (int i = 0; i < input.size(); i++) {
      double difference = (double) output.get(i) - input.get(i);
      sum += Math.abs(difference);
      out.put(i, (float) (Math.signum(difference) / input.size()));
    }
    return new Evaluation(sum / input.size(), gradient);
  }
}
