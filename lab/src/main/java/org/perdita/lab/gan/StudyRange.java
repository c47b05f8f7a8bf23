package org.perdita.lab.gan;

import java.util.Locale;
import java.util.Map;
import org.perdita.lab.data.Draw;
import org.perdita.lab.net.ImageCritic.Normalisation;

/**
 * From where "Are GANs Created Equal?" draws the settings of a training, as its code has it.
 * Samples of one number have the same learning rate, β₁, critic steps and normalisation for every
 * objective, but that the narrow ranges keep penalised critics free of batch normalisation, and
 * BEGAN's autoencoder never has it.
 */
enum StudyRange {
  /** Settings that nobody has looked at before. */
  WIDE("wide ranges", 1),
  /** Settings around those that did well. */
  NARROW("narrow ranges", 2);

  private static final long SEARCH = 21;

  private final String label;
  private final double place;

  StudyRange(String label, double place) {
    this.label = label;
    this.place = place;
  }

  String label() {
    return label;
  }

  /** Where it stands on an axis. */
  double place() {
    return place;
  }

  /**
   * The settings of one training.
   *
   * @param objective with its own parameters drawn
   */
  record Sample(
      GanObjective objective,
      double learningRate,
      double beta1,
      int criticSteps,
      Normalisation normalisation) {

    /**
     * The same for fewer steps.
     *
     * @param rate what the learning rate is multiplied by
     * @param balance what BEGAN's λ is multiplied by
     */
    Sample times(double rate, double balance) {
      GanObjective faster =
          objective.game() instanceof Game.Reconstruction game
              ? GanObjective.began(game.start().gamma(), balance * game.start().lambda())
              : objective;
      return new Sample(faster, rate * learningRate, beta1, criticSteps, normalisation);
    }

    /** What was drawn, by name. */
    Map<String, Double> numbers() {
      return Map.of(
          "learning rate",
          learningRate,
          "β₁",
          beta1,
          "critic steps",
          (double) criticSteps,
          "batch normalisation",
          normalisation == Normalisation.BATCH ? 1.0 : 0.0);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, rate %.1e, β₁ %.2f, %d critic step%s, %s",
          objective.formula(),
          learningRate,
          beta1,
          criticSteps,
          criticSteps == 1 ? "" : "s",
          normalisation == Normalisation.BATCH ? "batch normalisation" : "no normalisation");
    }
  }

  /** Sample {@code number} of the search for {@code objective}. */
  Sample draw(GanObjective objective, int number) {
    Draw draw = Draw.of(number, SEARCH, (long) place);
    boolean wide = this == WIDE;
    double rate = power(wide ? draw.uniform(-5, -2) : draw.uniform(-4, -3));
    double beta1 = wide ? draw.uniform() : 0.5;
    boolean many = draw.chance(0.5);
    boolean normal = draw.chance(0.5);
    boolean penalised = objective.constraint() instanceof Constraint.Penalty;
    return new Sample(
        drawn(objective, draw),
        rate,
        beta1,
        wide && many ? 5 : 1,
        normal && (wide || !penalised) && !objective.reconstructs()
            ? Normalisation.BATCH
            : Normalisation.NONE);
  }

  private GanObjective drawn(GanObjective objective, Draw draw) {
    boolean wide = this == WIDE;
    if (objective.reconstructs()) {
      double gamma = wide ? draw.uniform() : draw.uniform(0.6, 0.9);
      return GanObjective.began(gamma, wide ? power(draw.uniform(-4, -2)) : 1e-3);
    }
    if (objective.constraint() instanceof Constraint.Penalty penalty) {
      double lambda = power(wide ? draw.uniform(-1, 2) : draw.uniform(-1, 1));
      return objective.withConstraint(penalty.withLambda(lambda));
    }
    if (objective.constraint() instanceof Constraint.Clipping) {
      return GanObjective.wassersteinClipped(
          power(wide ? draw.uniform(-3, 0) : draw.uniform(-2, 0)));
    }
    return objective;
  }

  private static double power(double exponent) {
    return StrictMath.pow(10, exponent);
  }
}
