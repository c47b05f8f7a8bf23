package org.perdita.adversarial;

import java.util.Arrays;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * A game in which only the difference of real and fake scores counts: the critic says which of two
 * samples is the more real one, so that the generator's gradient comes from both.
 *
 * <pre>
 * paired     critic: mean R(r<sub>i</sub> − f<sub>i</sub>)                        generator: mean R(f<sub>i</sub> − r<sub>i</sub>)
 * average    critic: mean R(r − mean f) + mean F(f − mean r)    generator: mean F(r − mean f) + mean R(f − mean r)
 * </pre>
 *
 * where R and F are what real and fake scores cost the critic of the game it is made from. The
 * authors' code halves the average forms of cross-entropy and hinge, tfgan does not; here nothing
 * is halved.
 *
 * <p>Shapes as in {@link GanLoss}; paired, both have the same shape and no weights.
 *
 * <p>Refuses: a Wasserstein game, whose relativistic form is itself, and the study's least squares
 * of probabilities.
 *
 * {@snippet :
 * RelativisticGanLoss gan = RelativisticGanLoss.average();
 * PairEvaluation critic = gan.critic(Tensor.of(real, 64), Tensor.of(fake, 64));
 * PairEvaluation generator = gan.generator(Tensor.of(real, 64), Tensor.of(fake, 64));
 * }
 *
 * @param opponent what a score is compared with
 * @param game whose critic's curves are used
 * @see <a href="https://arxiv.org/abs/1807.00734">Jolicoeur-Martineau: The relativistic
 *     discriminator, ICLR 2019, sections 4.1 and 4.2</a>
 */
public record RelativisticGanLoss(Opponent opponent, GanLoss game) {

  /** What a score is compared with. */
  public enum Opponent {
    /** The score at the same place among the others. */
    PAIRED,
    /** The mean of the others. */
    AVERAGE
  }

  public RelativisticGanLoss {
    boolean differs =
        game instanceof GanLoss.Minimax
            || game instanceof GanLoss.NonSaturating
            || game instanceof GanLoss.LeastSquares
            || game instanceof GanLoss.Hinge;
    Check.that(
        differs,
        "RelativisticGanLoss",
        "game",
        game,
        "minimax, non-saturating, least squares or hinge");
  }

  /** The relativistic standard game (RSGAN). */
  public static RelativisticGanLoss paired() {
    return new RelativisticGanLoss(Opponent.PAIRED, GanLoss.nonSaturating());
  }

  /** The relativistic average standard game (RaSGAN). */
  public static RelativisticGanLoss average() {
    return new RelativisticGanLoss(Opponent.AVERAGE, GanLoss.nonSaturating());
  }

  /** The relativistic average of least squares, targets 1 and −1 (RaLSGAN). */
  public static RelativisticGanLoss averageLeastSquares() {
    return new RelativisticGanLoss(Opponent.AVERAGE, GanLoss.leastSquares(-1, 1, 1));
  }

  /** The relativistic average of the hinge. */
  public static RelativisticGanLoss averageHinge() {
    return new RelativisticGanLoss(Opponent.AVERAGE, GanLoss.hinge());
  }

  /** The critic's value and both gradients. */
  public PairEvaluation critic(Scores real, Scores fake) {
    return opponent == Opponent.PAIRED
        ? paired(real, fake)
        : average(game.real(), real, game.fake(), fake);
  }

  /** The generator's value and both gradients: the critic's with the parts exchanged. */
  public PairEvaluation generator(Scores real, Scores fake) {
    if (opponent == Opponent.AVERAGE) {
      return average(game.fake(), real, game.real(), fake);
    }
    PairEvaluation exchanged = paired(fake, real);
    return new PairEvaluation(
        exchanged.value(), exchanged.fakeGradient(), exchanged.realGradient());
  }

  /** As {@link #critic(Scores, Scores)}, every score counting alike. */
  public PairEvaluation critic(Tensor real, Tensor fake) {
    return critic(Scores.of(real), Scores.of(fake));
  }

  /** As {@link #generator(Scores, Scores)}, every score counting alike. */
  public PairEvaluation generator(Tensor real, Tensor fake) {
    return generator(Scores.of(real), Scores.of(fake));
  }

  /** Mean R(winner − loser). */
  private PairEvaluation paired(Scores winner, Scores loser) {
    int[] shape = winner.values().shape();
    if (!Arrays.equals(shape, loser.values().shape())
        || winner.weights() != null
        || loser.weights() != null) {
      throw Check.refusal(
          this
              + ": paired scores have one shape and no weights, were "
              + winner.values()
              + " and "
              + loser.values());
    }
    Tensor up = Tensor.zeros(shape);
    Tensor down = Tensor.zeros(shape);
    ScoreCurve cost = game.real();
    double share = 1.0 / winner.size();
    double value = 0;
    for (int i = 0; i < winner.size(); i++) {
      double s = (double) winner.values().get(i) - loser.values().get(i);
      value += share * cost.value(s);
      MeanCost.add(up, i, share * cost.slope(s));
      MeanCost.add(down, i, -share * cost.slope(s));
    }
    return new PairEvaluation(value, up, down);
  }

  /** Mean of {@code realCost} against the fakes' mean, plus the other way round. */
  private PairEvaluation average(
      ScoreCurve realCost, Scores real, ScoreCurve fakeCost, Scores fake) {
    double[] realShares = real.shares(this);
    double[] fakeShares = fake.shares(this);
    double[] realMean = normalised(realShares);
    double[] fakeMean = normalised(fakeShares);
    double ofReal = real.mean(realMean);
    double ofFake = fake.mean(fakeMean);
    Tensor realGradient = Tensor.zeros(real.values().shape());
    Tensor fakeGradient = Tensor.zeros(fake.values().shape());
    double value =
        MeanCost.of(realCost, real, realShares, ofFake, realGradient)
            + MeanCost.of(fakeCost, fake, fakeShares, ofReal, fakeGradient);
    double throughFake = MeanCost.slope(realCost, real, realShares, ofFake);
    double throughReal = MeanCost.slope(fakeCost, fake, fakeShares, ofReal);
    subtract(fakeGradient, fakeMean, throughFake);
    subtract(realGradient, realMean, throughReal);
    return new PairEvaluation(value, realGradient, fakeGradient);
  }

  private static void subtract(Tensor gradient, double[] shares, double times) {
    for (int i = 0; i < shares.length; i++) {
      MeanCost.add(gradient, i, -shares[i] * times);
    }
  }

  /** Shares that sum to 1, or 0 everywhere. */
  private static double[] normalised(double[] shares) {
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> sum == 0 ? 0 : share / sum).toArray();
  }
}
