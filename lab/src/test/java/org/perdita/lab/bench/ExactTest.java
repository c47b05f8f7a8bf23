package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/** The double formulas, held to numbers worked out apart. */
class ExactTest {

  @Test
  void focalAtZero() {
    // p = 1/2: alpha (1 − p)² log 2, and its derivative by the product rule
    Exact.Slope slope = Exact.focal(0.25, 2, 0, true);
    assertThat(slope.value()).isCloseTo(0.0625 * Math.log(2), withinPercentage(1e-10));
    assertThat(slope.gradient())
        .isCloseTo(-0.25 * 0.25 * (Math.log(2) + 0.5), withinPercentage(1e-10));
  }

  @Test
  void focalFarOutIsTheLeadingTerm() {
    assertThat(Exact.focal(0.25, 2, 30, true).value())
        .isCloseTo(0.25 * Math.exp(-90), withinPercentage(1e-9));
    assertThat(Exact.focal(0.25, 2, 1e4, false).value())
        .isCloseTo(0.75 * 1e4, withinPercentage(1e-9));
  }

  @Test
  void crossEntropyOfANearlyCertainRow() {
    Exact.Slope slope = Exact.crossEntropy(new float[] {50, 0, 0}, 0);
    assertThat(slope.value()).isCloseTo(2 * Math.exp(-50), withinPercentage(1e-9));
    assertThat(slope.gradient()).isCloseTo(-2 * Math.exp(-50), withinPercentage(1e-9));
  }

  @Test
  void biTemperedGradientIsTheSlope() {
    float[] x = {3, 0.5f, -1};
    float h = 1f / 1024;
    double slope =
        (Exact.biTempered(0.8, 1.2, new float[] {3 + h, 0.5f, -1}, 0).value()
                - Exact.biTempered(0.8, 1.2, new float[] {3 - h, 0.5f, -1}, 0).value())
            / (2 * h);
    assertThat(Exact.biTempered(0.8, 1.2, x, 0).gradient())
        .isCloseTo(slope, withinPercentage(1e-3));
  }
}
