package org.perdita.lab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each measure against its formula written out plainly. */
class MetricsTest {

  private static double[][] gaussian(long seed, int n, double[] mean, double[] deviation) {
    Random random = new Random(seed);
    double[][] samples = new double[n][mean.length];
    for (double[] sample : samples) {
      for (int j = 0; j < sample.length; j++) {
        sample[j] = mean[j] + deviation[j] * random.nextGaussian();
      }
    }
    return samples;
  }

  private static Features features(double[][] samples) {
    double[] all = Arrays.stream(samples).flatMapToDouble(Arrays::stream).toArray();
    return Features.of(all, samples[0].length);
  }

  private static Moments diagonal(double[] mean, double[] variance) {
    int d = mean.length;
    double[] covariance = new double[d * d];
    for (int i = 0; i < d; i++) {
      covariance[i * d + i] = variance[i];
    }
    return new Moments(mean, covariance);
  }

  @Test
  void frechetOfDiagonalCovariancesIsADistanceOfDeviations() {
    double[] m1 = {1, 2, 3};
    double[] m2 = {1, -1, 3.5};
    double[] v1 = {4, 0, 1e-8};
    double[] v2 = {9, 2, 1e6};
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected += Math.pow(m1[i] - m2[i], 2) + Math.pow(Math.sqrt(v1[i]) - Math.sqrt(v2[i]), 2);
    }
    assertThat(FrechetDistance.of(diagonal(m1, v1), diagonal(m2, v2)))
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void frechetOfRotatedCovariancesFollowsTheClosedFormInThePlane() {
    // tr (A^½ B A^½)^½ = √(tr AB + 2 √(det A det B)) for 2 × 2 matrices.
    Moments a = new Moments(new double[] {0, 0}, new double[] {3, 1, 1, 2});
    Moments b = new Moments(new double[] {1, 1}, new double[] {5, -2, -2, 1});
    double expected = 2 + 3 + 2 + 5 + 1 - 2 * Math.sqrt((15 - 2 - 2 + 2) + 2 * Math.sqrt(5 * 1));
    assertThat(FrechetDistance.of(a, b)).isCloseTo(expected, within(1e-12));
    assertThat(FrechetDistance.of(b, a)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void frechetOfASetWithItselfIsZeroWithFewerSamplesThanDimensions() {
    Features few = features(gaussian(1, 5, new double[40], filled(40, 2)));
    assertThat(FrechetDistance.of(few, few)).isBetween(0.0, 1e-5);
  }

  @Test
  void frechetIsBiasedUpwardsByFewSamplesAndKernelDistanceIsNot() {
    double frechetFew = 0;
    double frechetMany = 0;
    double[] kernel = new double[40];
    for (int trial = 0; trial < kernel.length; trial++) {
      double[] zero = new double[6];
      double[] one = filled(6, 1);
      double[][] a = gaussian(2L * trial, 200, zero, one);
      double[][] b = gaussian(2L * trial + 1, 200, zero, one);
      frechetMany += FrechetDistance.of(features(a), features(b));
      double[][] fewA = Arrays.copyOf(a, 20);
      double[][] fewB = Arrays.copyOf(b, 20);
      frechetFew += FrechetDistance.of(features(fewA), features(fewB));
      kernel[trial] = KernelDistance.of(features(fewA), features(fewB));
    }
    assertThat(frechetFew).isGreaterThan(5 * frechetMany);
    double mean = Arrays.stream(kernel).average().orElseThrow();
    double error =
        Math.sqrt(Arrays.stream(kernel).map(x -> x * x).sum()) / Math.sqrt(40.0) / Math.sqrt(39.0);
    assertThat(Math.abs(mean)).isLessThan(3 * error);
  }

  @Test
  void kernelDistanceIsItsFormula() {
    double[][] x = gaussian(3, 7, new double[] {0, 1, 2}, new double[] {1, 2, 3});
    double[][] y = gaussian(4, 9, new double[] {1, 1, 0}, new double[] {2, 1, 1});
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 7; j++) {
        xx += i == j ? 0 : cubic(x[i], x[j]) / (7 * 6);
      }
      for (int j = 0; j < 9; j++) {
        xy += cubic(x[i], y[j]) / (7 * 9);
      }
    }
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        yy += i == j ? 0 : cubic(y[i], y[j]) / (9 * 8);
      }
    }
    double expected = xx + yy - 2 * xy;
    assertThat(KernelDistance.of(features(x), features(y)))
        .isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }

  private static double cubic(double[] x, double[] y) {
    double dot = 0;
    for (int i = 0; i < x.length; i++) {
      dot += x[i] * y[i];
    }
    return Math.pow(dot / x.length + 1, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void neighboursAreCountedAsThePaperSays(int k) {
    double[][] real = gaussian(5, 30, new double[] {0, 0}, new double[] {1, 1});
    double[][] fake = gaussian(6, 25, new double[] {1, 0}, new double[] {2, 0.3});
    PrecisionRecall found = PrecisionRecall.ofNeighbours(k, features(real), features(fake));
    assertThat(found.precision()).isEqualTo(plainShare(fake, real, k));
    assertThat(found.recall()).isEqualTo(plainShare(real, fake, k));
  }

  private static double plainShare(double[][] samples, double[][] set, int k) {
    int covered = 0;
    for (double[] sample : samples) {
      boolean any = false;
      for (double[] centre : set) {
        // The centre itself comes first, at distance 0.
        double radius =
            Arrays.stream(set).mapToDouble(o -> distance(o, centre)).sorted().toArray()[k];
        any |= distance(sample, centre) <= radius;
      }
      covered += any ? 1 : 0;
    }
    return covered / (double) samples.length;
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void neighboursTellCollapseFromBlur() {
    double[] zero = new double[2];
    Features real = features(gaussian(7, 200, zero, new double[] {1, 1}));
    Features collapsed = features(gaussian(8, 200, zero, new double[] {0.02, 0.02}));
    Features wide = features(gaussian(9, 200, zero, new double[] {20, 20}));
    PrecisionRecall ofCollapsed = PrecisionRecall.ofNeighbours(3, real, collapsed);
    PrecisionRecall ofWide = PrecisionRecall.ofNeighbours(3, real, wide);
    assertThat(ofCollapsed.precision()).isGreaterThan(0.9);
    assertThat(ofCollapsed.recall()).isLessThan(0.1);
    assertThat(ofWide.precision()).isLessThan(0.1);
    assertThat(ofWide.recall()).isGreaterThan(0.5);
  }

  @Test
  void manifoldSharesCountTheThresholdItself() {
    PrecisionRecall found =
        PrecisionRecall.within(0.75, new double[] {0, 0.75, 0.76, 9}, new double[] {0.1, 1});
    assertThat(found).isEqualTo(new PrecisionRecall(0.5, 0.5));
    assertThat(new PrecisionRecall(1, 0.5).f1()).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(new PrecisionRecall(0, 0).f1()).isZero();
    double[] notFinite = {Double.NaN};
    assertThat(PrecisionRecall.within(1, notFinite, notFinite).precision()).isZero();
  }

  @Test
  void whatCannotBeComparedIsRefusedInASentence() {
    Features plane = Features.of(new double[] {1, 2, 3, 4}, 2);
    Features line = Features.of(new double[] {1, 2, 3, 4}, 1);
    assertThatThrownBy(() -> FrechetDistance.of(plane, line))
        .hasMessage("FrechetDistance: both must have as many dimensions, had 2 and 1");
    assertThatThrownBy(() -> PrecisionRecall.ofNeighbours(2, plane, plane))
        .hasMessage("PrecisionRecall: each must have at least 3 samples, had 2 and 2");
    assertThatThrownBy(() -> Features.of(new double[] {1, Double.NaN}, 1))
        .hasMessage("Features: sample 1, feature 0 must be finite, was NaN");
    assertThatThrownBy(() -> Features.of(new double[] {1, 2, 3}, 2))
        .hasMessageContaining("whole samples of 2 numbers");
    assertThatThrownBy(() -> new Moments(new double[2], new double[3]))
        .hasMessage("Moments: covariance must have 2 × 2 numbers, had 3");
  }

  private static double[] filled(int length, double value) {
    double[] filled = new double[length];
    Arrays.fill(filled, value);
    return filled;
  }
}
