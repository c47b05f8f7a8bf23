package org.perdita.lab.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.GradientPenalty;
import org.perdita.lab.experiment.Refusal;

class GanObjectiveTest {
  private static final Constraint PENALTY =
      new Constraint.Penalty(GradientPenalty.wganGp(), Points.BETWEEN, Constraint.Output.SCORE, 10);

  @Test
  void wassersteinWithoutAConstraintDoesNotBuild() {
    assertThatThrownBy(() -> GanObjective.of("WGAN", GanLoss.wasserstein()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "GanObjective: a Wasserstein critic needs weight clipping or a gradient penalty, had"
                + " neither");
    assertThat(new GanObjective("W", new Game.Scores(GanLoss.wasserstein()), PENALTY).constraint())
        .isEqualTo(PENALTY);
  }

  @Test
  void anAutoencoderHasNoScoreToPenalise() {
    Game began = new Game.Reconstruction(BeganBalance.start(0.5));
    assertThatThrownBy(() -> new GanObjective("BEGAN", began, PENALTY))
        .hasMessage(
            "GanObjective: a gradient penalty needs a score, and BEGAN's critic is an autoencoder");
  }

  @Test
  void objectivesAreFoundByName() {
    for (GanObjective objective : GanObjective.all()) {
      assertThat(GanObjective.named(objective.name().toLowerCase(Locale.ROOT)))
          .isEqualTo(objective);
      assertThat(objective.formula()).doesNotContain("Scores[").isNotBlank();
    }
    assertThat(GanObjective.ofTheStudy().stream().map(GanObjective::name))
        .containsExactly("MM GAN", "NS GAN", "LSGAN", "WGAN", "WGAN-GP", "DRAGAN", "BEGAN");
    assertThatThrownBy(() -> GanObjective.named("GAN"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("GanObjective: there is no 'GAN', only MM GAN, NS GAN,");
  }
}
