package org.perdita.lab.golden;

import org.perdita.Evaluation;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.BeganBalance.Clipping;
import org.perdita.adversarial.ReconstructionError;

/**
 * Cases about BEGAN: real and generated samples {@code x}, {@code g} and what came back of them.
 */
final class BeganCases {
  private BeganCases() {}

  static Computed compute(GoldenCase golden) {
    BeganBalance balance =
        new BeganBalance(
            golden.param("k"), golden.param("gamma"), golden.param("lambda_k"), Clipping.UNIT);
    Evaluation real = error(golden, "x", "ae_x");
    Evaluation fake = error(golden, "g", "ae_g");
    GoldenArray ofReal = gradient(golden, real, "x");
    GoldenArray ofFake = gradient(golden, fake, "g");
    double l = real.value();
    double g = fake.value();
    double k = balance.k();
    return Computed.inFloat()
        .with("value.d_loss", GoldenArray.scalar(balance.critic(l, g)))
        .with("value.g_loss", GoldenArray.scalar(g))
        .with("value.balance", GoldenArray.scalar(balance.balance(l, g)))
        .with("value.k_next", GoldenArray.scalar(balance.next(l, g).k()))
        .with("value.convergence_M", GoldenArray.scalar(balance.convergence(l, g)))
        .with("gradient.d_loss/ae_x", ofReal)
        .with("gradient.d_loss/x", ofReal.map(d -> -d))
        .with("gradient.d_loss/ae_g", ofFake.map(d -> -k * d))
        .with("gradient.d_loss/g", ofFake.map(d -> k * d))
        .with("gradient.g_loss/ae_g", ofFake)
        .with("gradient.g_loss/g", ofFake.map(d -> -d));
  }

  private static Evaluation error(GoldenCase golden, String sample, String copy) {
    GoldenArray x = golden.input(sample);
    return ReconstructionError.evaluate(x.tensor(), golden.input(copy, x.shape()).tensor());
  }

  private static GoldenArray gradient(GoldenCase golden, Evaluation error, String sample) {
    return GoldenArray.of(error.gradient(), golden.input(sample).shape());
  }
}
