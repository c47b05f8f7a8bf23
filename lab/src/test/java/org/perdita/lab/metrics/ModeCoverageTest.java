package org.perdita.lab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Mixture;

class ModeCoverageTest {
  private static final int SAMPLES = 4000;

  private static ModeCoverage of(double[] points, Mixture mixture) {
    return ModeCoverage.of(
        Features.of(points, 2),
        Features.of(mixture.centres(), 2),
        mixture.shares(),
        mixture.deviation());
  }

  @Test
  void theMixtureItselfCoversEverything() {
    Mixture grid = Mixture.grid(5, 0.05);
    ModeCoverage found =
        ModeCoverage.of(
            Features.of(grid.draw(SAMPLES, Draw.of(1)), 2),
            Features.of(grid.centres(), 2),
            grid.shares(),
            grid.deviation());
    assertThat(found.covered()).isEqualTo(25);
    // In the plane e^(−9/2) of a normal lies beyond three deviations.
    assertThat(found.quality()).isCloseTo(1 - Math.exp(-4.5), within(0.005));
    assertThat(found.reverseDivergence()).isLessThan(0.01);
  }

  @Test
  void onePointCoversOneModeAtALogarithmOfTheirNumber() {
    Mixture ring = Mixture.ring(8, 0.1);
    ModeCoverage found = of(new double[] {1, 0, 1, 0}, ring);
    assertThat(found).isEqualTo(new ModeCoverage(1, 1, Math.log(8)));
  }

  @Test
  void farSamplesCountForTheNearestModeAndAreNotGood() {
    Mixture ring = Mixture.ring(2, 0.1);
    ModeCoverage found = of(new double[] {1, 0, 1.29, 0, 1.31, 0, -1.31, 0}, ring);
    assertThat(found.covered()).isEqualTo(1);
    assertThat(found.quality()).isEqualTo(0.5);
    assertThat(found.reverseDivergence())
        .isCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), within(1e-12));
  }

  @Test
  void theRepeatedModeHasTwoNinths() {
    Mixture ring = Mixture.ringWithARepeatedMode(8, 0.01);
    assertThat(ring.centres()).hasSize(16);
    assertThat(ring.shares()[0]).isEqualTo(2 / 9.0);
    assertThat(ring.shares()[5]).isEqualTo(1 / 9.0);
    assertThatThrownBy(() -> Mixture.ring(8, Double.NaN)).hasMessageContaining("Mixture: ");
  }

  @Test
  void slicedDistanceIsThatOfAMove() {
    Features here = Features.of(new double[] {0, 0, 1, 2}, 2);
    Features there = Features.of(new double[] {3, 4, 4, 6}, 2);
    assertThat(SlicedDistance.of(here, here)).isZero();
    // A move by 5 is seen as 5 |cos| from a direction; its mean over them is 2/π.
    assertThat(SlicedDistance.of(here, there)).isCloseTo(5 * 2 / Math.PI, within(0.02));
    assertThatThrownBy(() -> SlicedDistance.of(here, Features.of(new double[] {1, 2}, 2)))
        .hasMessage("SlicedDistance: both must be as many points of 2 numbers, were 2 and 1 of 2");
  }

  @Test
  void ranksAreCorrelatedWhateverTheirScale() {
    List<Double> rising = List.of(1.0, 2.0, 30.0, 400.0);
    assertThat(RankCorrelation.of(rising, List.of(-4.0, -3.0, 0.0, 7.0))).isEqualTo(1);
    assertThat(RankCorrelation.of(rising, List.of(5.0, 4.0, 3.0, 2.0))).isEqualTo(-1);
    assertThat(RankCorrelation.of(rising, List.of(1.0, 1.0, 1.0, 1.0))).isZero();
    // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / √(4.5 · 5).
    assertThat(RankCorrelation.of(rising, List.of(1.0, 2.0, 2.0, 3.0)))
        .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    assertThatThrownBy(() -> RankCorrelation.of(rising, List.of(1.0)))
        .hasMessage("RankCorrelation: there must be at least two pairs, were 4 and 1 numbers");
  }
}
