package org.perdita.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.perdita.lab.experiment.Measure.Better;

class BestOfSearchTest {

  /** With replacement, the best of k of 1 … n is above i with probability 1 − (i / n)ᵏ. */
  @Test
  void theMeanIsTheExpectedBestOfSoManySamples() {
    double[] samples = {7, 3, 10, 1, 2, 9, 4, 8, 5, 6};
    for (int budget = 1; budget <= 10; budget++) {
      double expected = 0;
      for (int i = 0; i < 10; i++) {
        expected += 1 - Math.pow(i / 10.0, budget);
      }
      Interval best = BestOfSearch.of(Better.HIGHER, budget, samples);
      assertThat(best.mean()).isCloseTo(expected, within(1e-9));
      assertThat(best.low()).isLessThan(best.mean());
      assertThat(best.high()).isLessThanOrEqualTo(10);
      assertThat(BestOfSearch.of(Better.HIGHER, budget, samples)).isEqualTo(best);
      Interval least = BestOfSearch.of(Better.LOWER, budget, samples);
      assertThat(least.mean()).isCloseTo(11 - expected, within(1e-9));
    }
  }

  @Test
  void theIntervalIsTheMiddleOfAllDraws() {
    double[] samples = new double[100];
    Arrays.setAll(samples, i -> i + 1);
    Interval two = BestOfSearch.of(Better.HIGHER, 2, samples);
    // (i / 100)² reaches 0.025 at i = 16 and 0.975 at i = 99.
    assertThat(two.low()).isEqualTo(16);
    assertThat(two.high()).isEqualTo(99);
  }

  @Test
  void differencesAreOfTheTreatmentLessTheBaseline() {
    double[] low = {0, 0.1, 0.2, 0.1, 0};
    double[] high = {0.5, 0.1, 0.6, 0.7, 0.5};
    Interval up = BestOfSearch.difference(Better.HIGHER, low, high);
    assertThat(up.low()).isPositive();
    assertThat(up.seeds()).isEqualTo(5);
    assertThat(BestOfSearch.difference(Better.HIGHER, high, low).high()).isNegative();
  }

  @Test
  void oneSampleHasNoInterval() {
    Interval one = BestOfSearch.of(Better.HIGHER, 1, 0.5);
    assertThat(one)
        .isEqualTo(new Interval(0.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1));
    assertThatThrownBy(() -> BestOfSearch.of(Better.HIGHER, 1))
        .hasMessage("BestOfSearch: samples must be at least one, was none");
  }
}
