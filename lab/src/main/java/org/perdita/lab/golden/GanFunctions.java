package org.perdita.lab.golden;

import java.util.Map;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.RelativisticGanLoss;

/** The functions of golden files that are about two players, by {@code fn}. */
final class GanFunctions {
  private static final RelativisticGanLoss STANDARD = RelativisticGanLoss.paired();
  private static final RelativisticGanLoss AVERAGE = RelativisticGanLoss.average();
  private static final RelativisticGanLoss SQUARES = RelativisticGanLoss.averageLeastSquares();
  private static final RelativisticGanLoss HINGE = RelativisticGanLoss.averageHinge();

  static final Map<String, GoldenFunction> ALL =
      Map.ofEntries(
          Map.entry("compare_gan.non_saturating", GanCases.compareGan(GanLoss.nonSaturating())),
          Map.entry("compare_gan.wasserstein", GanCases.compareGan(GanLoss.wasserstein())),
          Map.entry("compare_gan.least_squares", GanCases::compareGanLeastSquares),
          Map.entry("compare_gan.hinge", GanCases.compareGan(GanLoss.hinge())),
          Map.entry("tfgan.minimax_discriminator_loss", GanCases::tfganMinimaxCritic),
          Map.entry("tfgan.minimax_generator_loss", GanCases::tfganMinimaxGenerator),
          Map.entry("tfgan.modified_discriminator_loss", GanCases::tfganMinimaxCritic),
          Map.entry("tfgan.modified_generator_loss", GanCases::tfganModifiedGenerator),
          Map.entry("tfgan.least_squares_discriminator_loss", GanCases::tfganLeastSquaresCritic),
          Map.entry("tfgan.least_squares_generator_loss", GanCases::tfganLeastSquaresGenerator),
          Map.entry("tfgan.relativistic_discriminator_loss", tfganCritic()),
          Map.entry("tfgan.relativistic_generator_loss", tfganGenerator()),
          Map.entry("torchgan.minimax_discriminator_loss", GanCases::torchganMinimaxCritic),
          Map.entry("torchgan.minimax_generator_loss", GanCases::torchganMinimaxGenerator),
          Map.entry(
              "torchgan.least_squares_discriminator_loss", GanCases::torchganLeastSquaresCritic),
          Map.entry(
              "torchgan.least_squares_generator_loss", GanCases::torchganLeastSquaresGenerator),
          Map.entry("torchgan.wasserstein_discriminator_loss", GanCases::torchganWassersteinCritic),
          Map.entry("torchgan.wasserstein_generator_loss", GanCases::torchganWassersteinGenerator),
          Map.entry("began", BeganCases::compute),
          Map.entry("rsgan_D", authorsCritic(STANDARD, 1)),
          Map.entry("rsgan_G", authorsGenerator(STANDARD, 1)),
          Map.entry("rasgan_D", authorsCritic(AVERAGE, 0.5)),
          Map.entry("rasgan_G", authorsGenerator(AVERAGE, 0.5)),
          // Their squares have no half of their own, ours do: both come to the same.
          Map.entry("ralsgan_D", authorsCritic(SQUARES, 1)),
          Map.entry("ralsgan_G", authorsGenerator(SQUARES, 1)),
          Map.entry("rahinge_D", authorsCritic(HINGE, 0.5)),
          Map.entry("rahinge_G", authorsGenerator(HINGE, 0.5)),
          Map.entry("compare_gan.wgangp_penalty", PenaltyCases::compareGanWgan),
          Map.entry("compare_gan.dragan_penalty", PenaltyCases::compareGanDragan),
          Map.entry("gradient_penalty", PenaltyCases::wgan),
          Map.entry("dragan_penalty", PenaltyCases::dragan));

  private GanFunctions() {}

  private static GoldenFunction tfganCritic() {
    return GanCases.relativisticCritic(AVERAGE, 1, "d_real_logits", "d_fake_logits");
  }

  private static GoldenFunction tfganGenerator() {
    return GanCases.relativisticGenerator(AVERAGE, 1, "d_real_logits", "d_fake_logits");
  }

  /** The author halves what is averaged over both kinds of scores. */
  private static GoldenFunction authorsCritic(RelativisticGanLoss loss, double times) {
    return GanCases.relativisticCritic(loss, times, "r", "f");
  }

  private static GoldenFunction authorsGenerator(RelativisticGanLoss loss, double times) {
    return GanCases.relativisticGenerator(loss, times, "r", "f");
  }
}
