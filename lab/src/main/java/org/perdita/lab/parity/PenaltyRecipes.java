package org.perdita.lab.parity;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.GradientPenalty;
import org.perdita.adversarial.PenaltyPoints;
import org.perdita.adversarial.ReconstructionError;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EnginePenalty;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;

/** What other libraries hold a critic by: gradient penalties, and BEGAN's balance. */
final class PenaltyRecipes {
  private static final String PENALTY = "gan_penalty.json";
  private static final String GAN = "gan.json";

  private PenaltyRecipes() {}

  static List<Counterpart> all() {
    return List.of(
        Counterpart.of(
                "GradientPenalty",
                "compare_gan @19922d3, WGAN-GP",
                "penalty_lib.wgangp_penalty(discriminator, x, x_fake, …)")
            .differs("1e-4 inside the square root. λ is the caller's, there and here.")
            .by(PenaltyRecipes.class, PenaltyRecipes::compareWgan, PENALTY, "wgangp_tanh"),
        Counterpart.of(
                "GradientPenalty", "TF-GAN @bc369b7", "wasserstein_gradient_penalty(real, fake, …)")
            .differs(
                "1e-10 inside the square root, both sides by default. A target other than 1 divides"
                    + " the norm there: λ / target² is its number.")
            .by(PenaltyRecipes.class, PenaltyRecipes::tfgan, PENALTY, "gp_tanh_eps1e-10"),
        Counterpart.of(
                "GradientPenalty",
                "igul222/improved_wgan_training (authors) @fa66c57, gan_toy.py",
                "LAMBDA * mean((slopes - 1) ** 2)")
            .differs(
                "Nothing inside the square root. torchgan takes one norm over the whole batch.")
            .wrong(
                "Where the critic's gradient is 0 the derivative is NaN, for want of an epsilon.")
            .by(PenaltyRecipes.class, PenaltyRecipes::authorsWgan, PENALTY, "gp_softplus_eps0"),
        Counterpart.of(
                "GradientPenalty",
                "compare_gan @19922d3, DRAGAN",
                "penalty_lib.dragan_penalty(discriminator, x, …)")
            .differs("Noise around zero of the batch's deviation, clipped to [0, 1]; of the logit.")
            .by(PenaltyRecipes.class, PenaltyRecipes::compareDragan, PENALTY, "dragan_tanh"),
        Counterpart.of(
                "GradientPenalty",
                "kodalinaveen3/DRAGAN (authors) @5cf95ab, DRAGAN.ipynb",
                "LAMBDA * mean((slopes - 1) ** 2)")
            .differs("Noise above zero only, half the batch's deviation, and a share of it; no ε.")
            .by(PenaltyRecipes.class, PenaltyRecipes::authorsDragan, PENALTY, "dragan_notebook"),
        Counterpart.of(
                "BeganBalance",
                "torchgan @fe86d7c",
                "boundary_equilibrium_discriminator_loss(dx, dgz, k), and its update of k")
            .differs("k is clipped to [0, 1], there and here; the study's code let it run free.")
            .by(PenaltyRecipes.class, PenaltyRecipes::torchganBegan, GAN, "began_k0.3"));
  }

  private static Answer compareWgan(Counterpart.Inputs in) {
    Tensor real = in.tensor("x");
    Tensor fake = in.tensor("x_fake");
    Tensor shares = shares(in);
    // @start region=wgangp_tanh
    var penalty = GradientPenalty.wganGp().withEpsilon(1e-4);
    var points = PenaltyPoints.between(real, fake, shares); // one share a sample
    // new EnginePenalty(penalty, lambda).add(pass, critic::forward, points)
    // @end
    return pay(penalty, points, in, torch::tanh);
  }

  private static Answer tfgan(Counterpart.Inputs in) {
    Tensor real = in.tensor("x");
    Tensor fake = in.tensor("x_fake");
    Tensor shares = shares(in);
    // @start region=gp_tanh_eps1e-10
    var penalty = GradientPenalty.wganGp(); // .oneSided() is one_sided=True
    var points = PenaltyPoints.between(real, fake, shares);
    // @end
    return pay(penalty, points, in, torch::tanh);
  }

  private static Answer authorsWgan(Counterpart.Inputs in) {
    Tensor real = in.tensor("x");
    Tensor fake = in.tensor("x_fake");
    Tensor shares = shares(in);
    // @start region=gp_softplus_eps0
    var penalty = GradientPenalty.wganGp().withEpsilon(0);
    var points = PenaltyPoints.between(real, fake, shares);
    // @end
    return pay(penalty, points, in, torch::softplus);
  }

  private static Answer compareDragan(Counterpart.Inputs in) {
    Tensor real = in.tensor("x");
    Tensor uniform = in.tensor("uniform");
    // @start region=dragan_tanh
    var penalty = GradientPenalty.wganGp().withEpsilon(1e-4);
    var points = PenaltyPoints.draganOfCompareGan(real, uniform);
    // @end
    return pay(penalty, points, in, torch::tanh);
  }

  private static Answer authorsDragan(Counterpart.Inputs in) {
    Tensor real = in.tensor("x");
    Tensor uniform = in.tensor("uniform");
    Tensor shares = shares(in);
    // @start region=dragan_notebook
    var penalty = GradientPenalty.wganGp().withEpsilon(0);
    var points = PenaltyPoints.draganOfTheNotebook(real, uniform, shares);
    // @end
    return pay(penalty, points, in, torch::tanh);
  }

  private static Answer torchganBegan(Counterpart.Inputs in) {
    Tensor x = in.tensor("x");
    Tensor returned = in.tensor("ae_x");
    Tensor generated = in.tensor("g");
    Tensor generatedReturned = in.tensor("ae_g");
    // @start region=began_k0.3
    var balance = new BeganBalance(0.3, 0.75, 0.001, BeganBalance.Clipping.UNIT);
    Evaluation real = ReconstructionError.evaluate(x, returned);
    Evaluation fake = ReconstructionError.evaluate(generated, generatedReturned);
    double critic = balance.critic(real.value(), fake.value());
    BeganBalance next = balance.next(real.value(), fake.value());
    // @end
    return Answer.value("d_loss", critic)
        .with("value.g_loss", Answer.scalar(fake.value()))
        .with("value.k_next", Answer.scalar(next.k()))
        .with("gradient.d_loss/ae_x", real.gradient())
        .with("gradient.g_loss/ae_g", fake.gradient());
  }

  private static Tensor shares(Counterpart.Inputs in) {
    Tensor alpha = in.tensor("alpha");
    return Tensor.of(alpha.toArray(), alpha.size());
  }

  /** The penalty on the cases' critic, act(x W1 + b1) W2 + b2, and its gradient in W1. */
  private static Answer pay(
      GradientPenalty penalty,
      Tensor points,
      Counterpart.Inputs in,
      UnaryOperator<org.bytedeco.pytorch.Tensor> activation) {
    return Engine.scoped(
        () -> {
          var w1 = EngineTensors.of(in.tensor("W1")).requires_grad_(true);
          var b1 = EngineTensors.of(in.tensor("b1"));
          var w2 = EngineTensors.of(in.tensor("W2"));
          Layer critic =
              x -> activation.apply(x.flatten(1, -1).matmul(w1).add(b1)).matmul(w2); // b2: no slope
          BackwardPass pass = new BackwardPass();
          var at = EngineTensors.of(points).requires_grad_(true);
          double value = new EnginePenalty(penalty, 1).add(pass, critic, at);
          pass.run();
          Tensor slopes = EngineTensors.view(w1.grad());
          return Answer.value(value)
              .with("gradient.W1", Tensor.of(slopes.toArray(), slopes.shape()));
        });
  }
}
