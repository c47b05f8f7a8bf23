package org.perdita.lab.report.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.GradientPenalty;
import org.perdita.adversarial.RelativisticGanLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The losses of two players. */
final class GamePages {
  private static final String STUDY =
      "Lucic et al., “Are GANs Created Equal?”, NeurIPS 2018, arXiv 1711.10337, table 1";
  private static final double REACH = 8;
  private static final double LEAST_NORM = 0.1;
  private static final double MOST_NORM = 3;
  private static final float OTHER = -1;

  private GamePages() {}

  static LossPage gan() {
    return new LossPage(
        "GanLoss",
        "What critic and generator of a generative adversarial network minimise, each from raw"
            + " scores: minimax, non-saturating, least squares, Wasserstein, hinge.",
        "critic: mean R(r) + mean F(f);  generator: mean G(f)",
        "r the scores of real samples, f those of generated ones; R, F, G the game's: log(1 + e^−r),"
            + " log(1 + e^f) and −log(1 + e^f) for minimax, log(1 + e^−f) for the non-saturating"
            + " generator; (r − b)²/2, (f − a)²/2, (f − c)²/2 for least squares; −r, f, −f for"
            + " Wasserstein; max(0, 1 − r), max(0, 1 + f), −f for the hinge",
        STUDY,
        "score of a generated sample; the curves are the generator's",
        Stream.of(
                GanLoss.minimax(),
                GanLoss.nonSaturating(),
                GanLoss.leastSquares(),
                GanLoss.leastSquaresOfTheStudy(),
                GanLoss.wasserstein())
            .map(
                loss ->
                    curve(
                        loss.getClass().getSimpleName(),
                        "GanLoss." + loss,
                        REACH,
                        x -> loss.generator(Tensor.of(new float[] {x}, 1))))
            .toList(),
        List.of(
            "Where the critic is sure of a fake, minimax has no slope left and the non-saturating"
                + " generator has slope −1.",
            "The hinge's generator is Wasserstein's.",
            "Exchanging real and fake scores negates Wasserstein's value."),
        List.of(
            "Raw scores of any shape, patches too; real and fake ones may differ in number.",
            "Weights shaped like the scores, or one a sample; a score of weight 0 is never read.",
            "Label smoothing of the real label in [0, 1), 0 unless asked for."),
        List.of(
            new Default("a, b, c", "0, 1, 1", "Mao et al., ICCV 2017, equation 9"),
            new Default("a, b, c", "−1, 1, 0", "Mao et al., for Pearson's χ², equation 8"),
            new Default("label smoothing", "0", "ours; tfgan's critic has 0.25")),
        List.of(
            new Pitfall(
                "A sigmoid in front of least squares, or none in front of cross-entropy. Scores are"
                    + " raw here; the study's sigmoid form has a name of its own.",
                "compare_gan, read in its source; issues of pix2pix and CycleGAN forks"),
            new Pitfall(
                "A default nobody expects: the critic's real label is 0.875.",
                "tfgan minimax_discriminator_loss, label_smoothing 0.25"),
            new Pitfall(
                "Wasserstein without clipping or penalty runs away.",
                "torchgan pull request #42; the lab's GanObjective does not build it")),
        Snippet.of("GanLoss", Snippets.gan()));
  }

  static LossPage relativistic() {
    Tensor real = Tensor.of(new float[] {1, -0.5f}, 2);
    return new LossPage(
        "RelativisticGanLoss",
        "A game in which only the difference of real and fake scores counts, so that the generator"
            + " learns from both.",
        "average: mean R(r − mean f) + mean F(f − mean r);  paired: mean R(rᵢ − fᵢ)",
        "R and F what real and fake scores cost the critic of the game it is made from; the"
            + " generator's is the same with the parts exchanged",
        "Jolicoeur-Martineau, “The relativistic discriminator”, ICLR 2019, arXiv 1807.00734,"
            + " sections 4.1 and 4.2",
        "score of one of two generated samples, the other at −1, real ones at 1 and −½; the curves"
            + " are the generator's",
        Stream.of(
                RelativisticGanLoss.paired(),
                RelativisticGanLoss.average(),
                RelativisticGanLoss.averageLeastSquares())
            .map(
                loss ->
                    curve(
                        named(loss),
                        loss.toString(),
                        REACH,
                        x -> {
                          var e = loss.generator(real, Tensor.of(new float[] {x, OTHER}, 2));
                          return new Evaluation(e.value(), e.fakeGradient());
                        }))
            .toList(),
        List.of("Adding one number to all scores changes nothing."),
        List.of(
            "Raw scores of any shape; paired ones of one shape and without weights.",
            "Made from minimax, non-saturating, least squares or the hinge; Wasserstein's"
                + " relativistic form is itself."),
        List.of(new Default("least squares' a, b", "−1, 1", "the author's code")),
        List.of(
            new Pitfall(
                "The author's code halves the average forms of cross-entropy and hinge, tfgan does"
                    + " not. Here nothing is halved.",
                "both measured")),
        Snippet.of("RelativisticGanLoss", Snippets.relativistic()));
  }

  private static String named(RelativisticGanLoss loss) {
    return loss.equals(RelativisticGanLoss.paired())
        ? "paired"
        : loss.equals(RelativisticGanLoss.average()) ? "average" : "average, least squares";
  }

  static LossPage penalty() {
    GradientPenalty two = GradientPenalty.wganGp();
    return new LossPage(
        "GradientPenalty",
        "Holds a critic Lipschitz by the size of its gradient in its input, sample by sample.",
        "L = mean (√(Σ g² + ε) − target)²,  g = ∂ critic(x) / ∂ x of one sample",
        "the mean is over samples at the PenaltyPoints: between real and fake ones for WGAN-GP,"
            + " around real ones for DRAGAN; ε keeps the root's slope finite at 0",
        "Gulrajani et al., “Improved Training of Wasserstein GANs”, 2017, arXiv 1704.00028,"
            + " equation 3; Kodali et al., 2017, arXiv 1705.07215",
        "norm of a sample's gradient",
        Stream.of(two, two.oneSided(), two.withTarget(2))
            .map(
                loss ->
                    curve(
                        (loss.sides() == GradientPenalty.Sides.ONE ? "one-sided" : "two-sided")
                            + ", target "
                            + Numerals.of(loss.target()),
                        loss.toString(),
                        LEAST_NORM,
                        MOST_NORM,
                        x -> loss.evaluate(Tensor.of(new float[] {x}, 1, 1))))
            .toList(),
        List.of(
            "A critic of slope 1 everywhere pays 0 at any batch size.",
            "At a gradient of 0 the slope is 0, with ε = 0 too."),
        List.of(
            "The critic's gradient at the points, [n, …], one sample along axis 0.",
            "A target and an ε of 0 or more. The weight λ is the caller's."),
        List.of(
            new Default("λ", "10", "Gulrajani et al.; 0.1 in their toys"),
            new Default("ε", "1e-10", "tfgan; compare_gan has 1e-4, the authors none"),
            new Default("target", "1, both sides", "Gulrajani et al.")),
        List.of(
            new Pitfall(
                "One norm over the whole batch: a critic of slope 1 then pays (√n − 1)², 49 at a"
                    + " batch of 64.",
                "torchgan, measured"),
            new Pitfall(
                "One share a pixel instead of one a sample: the points fill a box.",
                "issues of four repositories"),
            new Pitfall(
                "NaN where the gradient is 0 and there is no ε in the root.",
                "keras-io #910, #624")),
        Snippet.of("GradientPenalty", Snippets.penalty()));
  }

  static LossPage began() {
    return new LossPage(
        "BeganBalance",
        "Keeps the errors of a boundary equilibrium GAN in proportion: its critic is an autoencoder,"
            + " which copies real samples well and generated ones as badly as it may.",
        "critic: L(x) − k L(G);  generator: L(G);  next k = k + λ (γ L(x) − L(G)) in [0, 1]",
        "L the mean |copy − sample|, x real samples, G generated ones, γ the ratio L(G) / L(x) that"
            + " is aimed at, λ the rate of k",
        "Berthelot, Schumm, Metz, “BEGAN”, 2017, arXiv 1703.10717, sections 3.3 and 3.4",
        "error of generated samples, that of real ones at 1; the curves are the critic's value",
        Stream.of(0.0, 0.3, 1.0)
            .map(
                k -> {
                  var balance = new BeganBalance(k, 0.5, 1e-3, BeganBalance.Clipping.UNIT);
                  return curve(
                      "k = " + Numerals.of(k),
                      balance.toString(),
                      REACH,
                      x ->
                          new Evaluation(
                              balance.critic(1, x), Tensor.of(new float[] {(float) -k}, 1)));
                })
            .toList(),
        List.of("k = 0 is an autoencoder of real samples.", "L(G) = γ L(x) leaves k as it is."),
        List.of(
            "Two errors, each from ReconstructionError.",
            "γ and λ of 0 or more; k in [0, 1] unless it runs free."),
        List.of(
            new Default("λ", "0.001", "Berthelot et al."),
            new Default("γ", "0.5; 0.75", "carpedm20's code; that of the study"),
            new Default("k", "0 at the start", "Berthelot et al.")),
        List.of(
            new Pitfall(
                "A k that is not held in [0, 1].",
                "compare_gan v1, read in its source; hwalsuklee pull request #16")),
        Snippet.of("BeganBalance", Snippets.began()));
  }

  private static LossCurve curve(
      String name, String loss, double reach, Function<Float, Evaluation> at) {
    return curve(name, loss, -reach, reach, at);
  }

  private static LossCurve curve(
      String name, String loss, double from, double to, Function<Float, Evaluation> at) {
    List<Double> x = new ArrayList<>();
    List<Double> value = new ArrayList<>();
    List<Double> gradient = new ArrayList<>();
    for (int i = 0; i < LossCurve.POINTS; i++) {
      float here = (float) (from + (to - from) * i / (LossCurve.POINTS - 1));
      Evaluation e = at.apply(here);
      x.add((double) here);
      value.add(e.value());
      gradient.add((double) e.gradient().get(0));
    }
    return new LossCurve(name, loss, x, value, gradient);
  }
}
