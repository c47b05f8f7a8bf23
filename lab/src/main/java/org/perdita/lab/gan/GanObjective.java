package org.perdita.lab.gan;

import java.util.ArrayList;
import java.util.List;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.GradientPenalty;
import org.perdita.adversarial.RelativisticGanLoss;
import org.perdita.adversarial.WeightClipping;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Refusal;

/**
 * All that belongs together when two networks are trained against each other: the loss, how the
 * critic is held, and the state the loss carries from step to step.
 *
 * <p>What does not work cannot be built: a Wasserstein critic without clipping or penalty, whose
 * value runs away; or a gradient penalty on BEGAN's autoencoder, which has no score.
 *
 * @param name what it is called in tables, such as {@code WGAN-GP}
 * @param game what is played for
 * @param constraint how the critic is held
 */
public record GanObjective(String name, Game game, Constraint constraint) {

  public GanObjective {
    boolean wasserstein =
        game instanceof Game.Scores scores && scores.loss() instanceof GanLoss.Wasserstein;
    if (wasserstein && constraint instanceof Constraint.None) {
      throw new IllegalArgumentException(
          "GanObjective: a Wasserstein critic needs weight clipping or a gradient penalty, had"
              + " neither");
    }
    if (game instanceof Game.Reconstruction && constraint instanceof Constraint.Penalty) {
      throw new IllegalArgumentException(
          "GanObjective: a gradient penalty needs a score, and BEGAN's critic is an autoencoder");
    }
  }

  /** Scores judged one by one, the critic free. */
  public static GanObjective of(String name, GanLoss loss) {
    return new GanObjective(name, new Game.Scores(loss), new Constraint.None());
  }

  /** Differences of scores judged, the critic free. */
  public static GanObjective of(String name, RelativisticGanLoss loss) {
    return new GanObjective(name, new Game.Differences(loss), new Constraint.None());
  }

  /** The original, saturating game. */
  public static GanObjective minimax() {
    return of("MM GAN", GanLoss.minimax());
  }

  /** The game nearly everyone means by GAN. */
  public static GanObjective nonSaturating() {
    return of("NS GAN", GanLoss.nonSaturating());
  }

  /** Least squares on raw scores, targets 0, 1 and 1. */
  public static GanObjective leastSquares() {
    return of("LSGAN", GanLoss.leastSquares());
  }

  /** Wasserstein with clipped weights. */
  public static GanObjective wassersteinClipped(double bound) {
    return new GanObjective(
        "WGAN",
        new Game.Scores(GanLoss.wasserstein()),
        new Constraint.Clipping(new WeightClipping(bound)));
  }

  /** Wasserstein with a gradient penalty between real and fake samples. */
  public static GanObjective wassersteinPenalised(double lambda) {
    return new GanObjective(
        "WGAN-GP",
        new Game.Scores(GanLoss.wasserstein()),
        new Constraint.Penalty(
            GradientPenalty.wganGp(), Points.BETWEEN, Constraint.Output.SCORE, lambda));
  }

  /** Non-saturating with a gradient penalty around real samples, as in the authors' notebook. */
  public static GanObjective dragan(double lambda) {
    return dragan(lambda, Points.DRAGAN_OF_THE_NOTEBOOK, Constraint.Output.SCORE);
  }

  /** DRAGAN in another of its published variants. */
  public static GanObjective dragan(double lambda, Points points, Constraint.Output of) {
    return new GanObjective(
        "DRAGAN",
        new Game.Scores(GanLoss.nonSaturating()),
        new Constraint.Penalty(GradientPenalty.wganGp(), points, of, lambda));
  }

  /** Boundary equilibrium: the critic is an autoencoder. */
  public static GanObjective began(double gamma, double lambda) {
    BeganBalance start = new BeganBalance(0, gamma, lambda, BeganBalance.Clipping.UNIT);
    return new GanObjective("BEGAN", new Game.Reconstruction(start), new Constraint.None());
  }

  /** The hinge. */
  public static GanObjective hinge() {
    return of("hinge", GanLoss.hinge());
  }

  /** The seven of "Are GANs Created Equal?", with the defaults of its code. */
  public static List<GanObjective> ofTheStudy() {
    return List.of(
        minimax(),
        nonSaturating(),
        leastSquares(),
        wassersteinClipped(0.01),
        wassersteinPenalised(10),
        dragan(10),
        began(0.75, 1e-3));
  }

  /** Every objective that has a name: the study's, the hinge, the relativistic ones. */
  public static List<GanObjective> all() {
    List<GanObjective> all = new ArrayList<>(ofTheStudy());
    all.add(hinge());
    all.add(of("RSGAN", RelativisticGanLoss.paired()));
    all.add(of("RaSGAN", RelativisticGanLoss.average()));
    all.add(of("RaLSGAN", RelativisticGanLoss.averageLeastSquares()));
    all.add(of("RaHinge", RelativisticGanLoss.averageHinge()));
    return List.copyOf(all);
  }

  /**
   * The objective of {@link #all} that is called so; upper and lower case are one.
   *
   * @throws Refusal if there is none
   */
  public static GanObjective named(String name) {
    return all().stream()
        .filter(objective -> objective.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "GanObjective: there is no '"
                        + name
                        + "', only "
                        + String.join(", ", all().stream().map(GanObjective::name).toList())));
  }

  /** The same under another name. */
  public GanObjective withName(String name) {
    return new GanObjective(name, game, constraint);
  }

  /** The same with its critic held differently. */
  public GanObjective withConstraint(Constraint constraint) {
    return new GanObjective(name, game, constraint);
  }

  /** Whether the critic is an autoencoder, and gives samples instead of scores. */
  public boolean reconstructs() {
    return game instanceof Game.Reconstruction;
  }

  /** As an arm of an experiment, in a group of its own. */
  public Arm arm() {
    return new Arm(name, formula(), name);
  }

  /** How it reads in a report: the loss with its parameters, then the constraint. */
  public String formula() {
    return constraint instanceof Constraint.None ? game.toString() : game + ", " + constraint;
  }
}
