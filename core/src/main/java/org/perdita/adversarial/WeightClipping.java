package org.perdita.adversarial;

import java.nio.FloatBuffer;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Holds a critic Lipschitz the first way: after each of its steps every parameter is moved into
 * [−bound, bound]. (The authors and torchgan clip before the step, compare_gan after it; after is
 * what keeps the bound for whoever looks next.)
 *
 * @param bound above 0; 0.01 in the paper
 * @see <a href="https://arxiv.org/abs/1701.07875">Arjovsky, Chintala, Bottou: Wasserstein GAN,
 *     2017, algorithm 1</a>
 */
public record WeightClipping(double bound) {
  public WeightClipping {
    Check.that(
        bound > 0 && bound < Double.POSITIVE_INFINITY,
        "WeightClipping",
        "bound",
        bound,
        "a finite number above 0");
  }

  /** The paper's bound, 0.01. */
  public static WeightClipping ofThePaper() {
    return new WeightClipping(0.01);
  }

  /**
   * Clips {@code parameters} where they are.
   *
   * @param parameters changed; not a number stays so
   */
  public void clip(Tensor parameters) {
    FloatBuffer p = parameters.buffer();
    float most = (float) bound;
    for (int i = 0; i < parameters.size(); i++) {
      p.put(i, Math.max(-most, Math.min(p.get(i), most)));
    }
  }
}
