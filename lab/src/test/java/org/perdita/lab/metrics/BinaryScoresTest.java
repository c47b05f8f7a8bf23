package org.perdita.lab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.perdita.lab.metrics.BinaryScores.Bin;

class BinaryScoresTest {

  @Test
  void averagePrecisionIsThatOfTheDefinition() {
    // scikit-learn's example: precisions 1, ½, ⅔, ½ at recalls ½, ½, 1, 1.
    float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
    float[] labels = {0, 0, 1, 1};
    assertThat(BinaryScores.averagePrecision(scores, labels))
        .isCloseTo(0.5 + 0.5 * 2 / 3.0, within(1e-12));
  }

  @Test
  void tiesAreOneStep() {
    float[] labels = {1, 0, 0, 1, 0};
    assertThat(BinaryScores.averagePrecision(new float[5], labels)).isCloseTo(0.4, within(1e-12));
    assertThat(BinaryScores.curve(new float[5], labels)).hasSize(1);
  }

  @Test
  void aRandomOrderGivesTheShareOfPositives() {
    Random random = new Random(3);
    float[] scores = new float[100_000];
    float[] labels = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextFloat();
      labels[i] = random.nextInt(20) == 0 ? 1 : 0;
    }
    assertThat(BinaryScores.averagePrecision(scores, labels)).isCloseTo(0.05, within(0.005));
  }

  @Test
  void logLossIsTheMeanOverRowsAndFinite() {
    assertThat(BinaryScores.logLoss(new float[] {0.25f, 0.5f}, new float[] {0, 1}))
        .isCloseTo(-(Math.log(0.75) + Math.log(0.5)) / 2, within(1e-12));
    assertThat(BinaryScores.logLoss(new float[] {0}, new float[] {1}))
        .isCloseTo(-Math.log(1e-7), within(1e-9));
  }

  @Test
  void calibrationErrorIsHowFarBinsAreOff() {
    float[] p = {0.1f, 0.1f, 0.1f, 0.1f, 0.8f, 0.8f, 0.8f, 0.8f};
    float[] labels = {0, 0, 0, 1, 1, 1, 1, 1};
    assertThat(BinaryScores.calibrationError(p, labels, 2))
        .isCloseTo((0.15 + 0.2) / 2, within(1e-7));
    Bin[] bins = BinaryScores.reliability(p, labels, 3);
    assertThat(bins).extracting(Bin::rows).containsExactly(2, 3, 3);
  }

  @Test
  void plattScalingFindsTheLineThatMadeTheLabels() {
    Random random = new Random(5);
    float[] margins = new float[200_000];
    float[] labels = new float[margins.length];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = (float) random.nextGaussian();
      double p = 1 / (1 + Math.exp(-(1.7 * margins[i] - 2)));
      labels[i] = random.nextDouble() < p ? 1 : 0;
    }
    PlattScaling found = PlattScaling.fit(margins, labels);
    assertThat(found.slope()).isCloseTo(1.7, within(0.05));
    assertThat(found.shift()).isCloseTo(-2, within(0.05));
  }

  @Test
  void plattScalingStaysFiniteWhereALineParts() {
    float[] p =
        PlattScaling.fit(new float[] {-1, -2, 3, 4}, new float[] {0, 0, 1, 1})
            .of(new float[] {-100, 0, 100});
    for (float one : p) {
      assertThat(one).isBetween(0f, 1f);
    }
    assertThat(p[0]).isLessThan(p[2]);
    float[] same = PlattScaling.fit(new float[3], new float[] {0, 1, 1}).of(new float[] {0});
    assertThat(same[0]).isBetween(0.5f, 0.8f);
  }
}
