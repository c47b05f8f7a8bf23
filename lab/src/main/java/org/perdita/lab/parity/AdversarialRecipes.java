package org.perdita.lab.parity;

import java.util.List;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.PairEvaluation;
import org.perdita.adversarial.RelativisticGanLoss;

/** Other libraries' losses of two players. */
final class AdversarialRecipes {
  private static final String GAN = "gan.json";
  private static final String COMPARE = "compare_gan @19922d3";
  private static final String TORCHGAN = "torchgan @fe86d7c";
  private static final String TFGAN = "TF-GAN @bc369b7";

  private AdversarialRecipes() {}

  static List<Counterpart> all() {
    return List.of(
        Counterpart.of("GanLoss", COMPARE + ", non-saturating", "loss_lib.non_saturating(…)")
            .differs("Means over the batch, there and here.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::compareNonSaturating,
                GAN,
                "cg_non_saturating"),
        Counterpart.of("GanLoss", COMPARE + ", hinge", "loss_lib.hinge(…)")
            .differs("Means over the batch, there and here.")
            .by(AdversarialRecipes.class, AdversarialRecipes::compareHinge, GAN, "cg_hinge"),
        Counterpart.of("GanLoss", COMPARE + ", Wasserstein", "loss_lib.wasserstein(…)")
            .differs("Clipping weights is the optimiser's affair, there and here.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::compareWasserstein,
                GAN,
                "cg_wasserstein"),
        Counterpart.of("GanLoss", COMPARE + ", least squares", "loss_lib.least_squares(…)")
            .differs(
                "It squares probabilities; the paper, TF-GAN and torchgan square the raw scores,"
                    + " which is GanLoss.leastSquares(0, 1, 1).")
            .wrong("Squares behind a sigmoid lose what the paper wants of them: gradients far out.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::compareLeastSquares,
                GAN,
                "cg_least_squares"),
        Counterpart.of(
                "GanLoss",
                TFGAN + ", minimax critic",
                "minimax_discriminator_loss(real, fake, label_smoothing=0.25)")
            .differs(
                "Smoothing 0.25 is its default, and moves the real target by half of it, to 0.875."
                    + " torchgan's smoothing moves it by the whole.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::tfganMinimax,
                GAN,
                "tfgan_minimax_D_smoothing"),
        Counterpart.of("GanLoss", TFGAN + ", modified generator", "modified_generator_loss(fake)")
            .differs("Called modified there, non-saturating here.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::tfganModified,
                GAN,
                "tfgan_modified_G"),
        Counterpart.of(
                "GanLoss",
                TORCHGAN + ", Wasserstein critic",
                "wasserstein_discriminator_loss(fx, fgz)")
            .differs("Means over the batch, which is its default too.")
            .wrong(
                "Beside it, its gradient penalty takes one norm over the whole batch; a norm for each"
                    + " sample is what GradientPenalty and the paper have.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::torchganWasserstein,
                GAN,
                "wgan_D_batch1"),
        Counterpart.of(
                "GanLoss",
                TORCHGAN + ", least-squares critic",
                "least_squares_discriminator_loss(dx, dgz, a=-1, b=1)")
            .differs("a is the target of generated scores, b that of real ones, there and here.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::torchganLeastSquares,
                "parity.json",
                "torchgan_least_squares"),
        Counterpart.of(
                "GanLoss",
                TORCHGAN + ", smoothed minimax critic",
                "minimax_discriminator_loss(dx, dgz, label_smoothing=0.1)")
            .differs("Smoothing is taken off the real target, there and here.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::torchganMinimax,
                "parity.json",
                "torchgan_minimax"),
        Counterpart.of(
                "RelativisticGanLoss",
                TFGAN + ", average critic",
                "relativistic_discriminator_loss(real, fake)")
            .differs("The sum of both kinds of scores; the author's repository halves it.")
            .by(
                AdversarialRecipes.class,
                AdversarialRecipes::tfganRelativistic,
                GAN,
                "tfgan_relativistic_avg_D"),
        Counterpart.of(
                "RelativisticGanLoss",
                "AlexiaJM/RelativisticGAN (author) @2646c0b, RSGAN critic",
                "BCEWithLogits(r - f, 1)")
            .differs("Real and fake scores in pairs.")
            .by(AdversarialRecipes.class, AdversarialRecipes::authorsPaired, GAN, "rsgan_D"));
  }

  private static Answer compareNonSaturating(Counterpart.Inputs in) {
    Tensor real = in.tensor("d_real_logits");
    Tensor fake = in.tensor("d_fake_logits");
    // @start region=cg_non_saturating
    var loss = GanLoss.nonSaturating();
    var critic = loss.critic(real, fake); // d_loss
    var generator = loss.generator(fake); // g_loss
    // @end
    return players(critic, generator);
  }

  private static Answer compareHinge(Counterpart.Inputs in) {
    Tensor real = in.tensor("d_real_logits");
    Tensor fake = in.tensor("d_fake_logits");
    // @start region=cg_hinge
    var loss = GanLoss.hinge();
    var critic = loss.critic(real, fake); // d_loss
    var generator = loss.generator(fake); // g_loss
    // @end
    return players(critic, generator);
  }

  private static Answer compareWasserstein(Counterpart.Inputs in) {
    Tensor real = in.tensor("d_real_logits");
    Tensor fake = in.tensor("d_fake_logits");
    // @start region=cg_wasserstein
    var loss = GanLoss.wasserstein();
    var critic = loss.critic(real, fake); // d_loss
    var generator = loss.generator(fake); // g_loss
    // @end
    return players(critic, generator);
  }

  private static Answer compareLeastSquares(Counterpart.Inputs in) {
    Tensor real = in.tensor("d_real_logits");
    Tensor fake = in.tensor("d_fake_logits");
    // @start region=cg_least_squares
    var loss = GanLoss.leastSquaresOfTheStudy();
    var critic = loss.critic(real, fake); // d_loss
    var generator = loss.generator(fake); // g_loss
    // @end
    return players(critic, generator);
  }

  private static Answer tfganMinimax(Counterpart.Inputs in) {
    Tensor real = in.tensor("d_real_logits");
    Tensor fake = in.tensor("d_fake_logits");
    // @start region=tfgan_minimax_D_smoothing
    var loss = new GanLoss.Minimax(0.25 / 2); // our smoothing is what is taken off the 1
    var critic = loss.critic(real, fake);
    // @end
    return Answer.of(critic, "d_real_logits", "d_fake_logits");
  }

  private static Answer tfganModified(Counterpart.Inputs in) {
    Tensor fake = in.tensor("d_fake_logits");
    // @start region=tfgan_modified_G
    var generator = GanLoss.nonSaturating().generator(fake);
    // @end
    return Answer.of(generator, "d_fake_logits");
  }

  private static Answer torchganWasserstein(Counterpart.Inputs in) {
    Tensor real = in.tensor("fx");
    Tensor fake = in.tensor("fgz");
    // @start region=wgan_D_batch1
    var critic = GanLoss.wasserstein().critic(real, fake);
    // @end
    return Answer.of(critic, "fx", "fgz");
  }

  private static Answer torchganLeastSquares(Counterpart.Inputs in) {
    Tensor real = in.tensor("dx");
    Tensor fake = in.tensor("dgz");
    // @start region=torchgan_least_squares
    var critic = GanLoss.leastSquares(-1, 1, 0).critic(real, fake); // c is the generator's
    // @end
    return Answer.of(critic, "dx", "dgz");
  }

  private static Answer torchganMinimax(Counterpart.Inputs in) {
    Tensor real = in.tensor("dx");
    Tensor fake = in.tensor("dgz");
    // @start region=torchgan_minimax
    var critic = new GanLoss.Minimax(0.1).critic(real, fake);
    // @end
    return Answer.of(critic, "dx", "dgz");
  }

  private static Answer tfganRelativistic(Counterpart.Inputs in) {
    Tensor real = in.tensor("d_real_logits");
    Tensor fake = in.tensor("d_fake_logits");
    // @start region=tfgan_relativistic_avg_D
    var critic = RelativisticGanLoss.average().critic(real, fake);
    // @end
    return Answer.of(critic, "d_real_logits", "d_fake_logits");
  }

  private static Answer authorsPaired(Counterpart.Inputs in) {
    Tensor real = in.tensor("r");
    Tensor fake = in.tensor("f");
    // @start region=rsgan_D
    var critic = RelativisticGanLoss.paired().critic(real, fake);
    // @end
    return Answer.of(critic, "r", "f");
  }

  private static Answer players(PairEvaluation critic, Evaluation generator) {
    return Answer.value("d_loss", critic.value())
        .with("value.g_loss", Answer.scalar(generator.value()))
        .with("gradient.d_loss/d_real_logits", critic.realGradient())
        .with("gradient.d_loss/d_fake_logits", critic.fakeGradient())
        .with("gradient.g_loss/d_fake_logits", generator.gradient());
  }
}
