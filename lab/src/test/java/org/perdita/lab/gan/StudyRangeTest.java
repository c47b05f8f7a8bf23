package org.perdita.lab.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.perdita.lab.net.ImageCritic.Normalisation;

class StudyRangeTest {

  @Test
  void wideRangesAreTheStudys() {
    Set<Integer> critics = new HashSet<>();
    Set<Normalisation> norms = new HashSet<>();
    double least = 1;
    double most = 0;
    for (int i = 1; i <= 300; i++) {
      StudyRange.Sample gp = StudyRange.WIDE.draw(GanObjective.wassersteinPenalised(10), i);
      assertThat(gp.learningRate()).isBetween(1e-5, 1e-2);
      assertThat(gp.beta1()).isBetween(0.0, 1.0);
      assertThat(lambda(gp)).isBetween(0.1, 100.0);
      critics.add(gp.criticSteps());
      norms.add(gp.normalisation());
      least = Math.min(least, gp.learningRate());
      most = Math.max(most, gp.learningRate());
      assertThat(clip(StudyRange.WIDE.draw(GanObjective.wassersteinClipped(1), i)))
          .isBetween(1e-3, 1.0);
    }
    assertThat(critics).containsExactlyInAnyOrder(1, 5);
    assertThat(norms).hasSize(2);
    assertThat(most / least).isGreaterThan(500);
  }

  @Test
  void narrowRangesAreTheStudys() {
    for (int i = 1; i <= 100; i++) {
      StudyRange.Sample gp = StudyRange.NARROW.draw(GanObjective.wassersteinPenalised(10), i);
      assertThat(gp.learningRate()).isBetween(1e-4, 1e-3);
      assertThat(gp.beta1()).isEqualTo(0.5);
      assertThat(gp.criticSteps()).isEqualTo(1);
      assertThat(gp.normalisation()).isEqualTo(Normalisation.NONE);
      assertThat(lambda(gp)).isBetween(0.1, 10.0);
      assertThat(clip(StudyRange.NARROW.draw(GanObjective.wassersteinClipped(1), i)))
          .isBetween(1e-2, 1.0);
      StudyRange.Sample began = StudyRange.NARROW.draw(GanObjective.began(0.5, 0.1), i);
      Game.Reconstruction game = (Game.Reconstruction) began.objective().game();
      assertThat(game.start().gamma()).isBetween(0.6, 0.9);
      assertThat(game.start().lambda()).isEqualTo(1e-3);
      StudyRange.Sample faster = began.times(5, 12);
      assertThat(((Game.Reconstruction) faster.objective().game()).start().lambda())
          .isEqualTo(12e-3);
      assertThat(faster.learningRate()).isEqualTo(5 * began.learningRate());
    }
  }

  @Test
  void everyObjectiveGetsTheSameCommonSettings() {
    for (StudyRange range : StudyRange.values()) {
      for (int i = 1; i <= 20; i++) {
        Set<String> settings = new HashSet<>();
        for (GanObjective objective : GanObjective.ofTheStudy()) {
          StudyRange.Sample sample = range.draw(objective, i);
          settings.add(sample.learningRate() + " " + sample.beta1() + " " + sample.criticSteps());
          assertThat(range.draw(objective, i)).isEqualTo(sample);
        }
        assertThat(settings).hasSize(1);
      }
    }
  }

  private static double lambda(StudyRange.Sample sample) {
    return ((Constraint.Penalty) sample.objective().constraint()).lambda();
  }

  private static double clip(StudyRange.Sample sample) {
    return ((Constraint.Clipping) sample.objective().constraint()).weights().bound();
  }
}
