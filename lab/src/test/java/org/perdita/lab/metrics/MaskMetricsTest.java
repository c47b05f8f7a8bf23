package org.perdita.lab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.perdita.lab.metrics.SurfaceDistances.Percentile;

/** Metrics of masks and mattes against every pair of pixels, or against cases done by hand. */
class MaskMetricsTest {
  private static final int[] SHAPE = {4, 6, 5};
  private static final double[] SPACING = {3, 1, 0.5};

  @Test
  void surfaceDistancesAreThoseOfAllPairs() {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      int[] a = blob(random);
      int[] b = blob(random);
      SurfaceDistances d = SurfaceDistances.of(a, b, SHAPE, SPACING);
      double[] there = brute(a, b);
      double[] back = brute(b, a);
      double[] both = Arrays.copyOf(there, there.length + back.length);
      System.arraycopy(back, 0, both, there.length, back.length);
      assertThat(d.hausdorff()).isCloseTo(Arrays.stream(both).max().orElseThrow(), within(1e-5));
      assertThat(d.average()).isCloseTo(Arrays.stream(both).average().orElseThrow(), within(1e-5));
      assertThat(d.hausdorff95(Percentile.POOLED)).isCloseTo(percentile(both), within(1e-5));
      assertThat(d.hausdorff95(Percentile.LARGER_DIRECTION))
          .isCloseTo(Math.max(percentile(there), percentile(back)), within(1e-5));
      double near = Arrays.stream(both).filter(x -> x <= 1.2).count() / (double) both.length;
      assertThat(d.normalisedSurfaceDice(1.2)).isEqualTo(near);
    }
  }

  private static double percentile(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double place = 0.95 * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] * (1 - (place - below)) + sorted[above] * (place - below);
  }

  private static int[] blob(Random random) {
    int[] mask = new int[4 * 6 * 5];
    int z = random.nextInt(4);
    int y = random.nextInt(6);
    int x = random.nextInt(5);
    for (int i = 0; i < mask.length; i++) {
      double r = Math.hypot(Math.hypot(i / 30 - z, i / 5 % 6 - y), i % 5 - x);
      mask[i] = r < 1.8 ? 1 : 0;
    }
    return mask;
  }

  private static boolean surface(int[] mask, int i) {
    if (mask[i] == 0) {
      return false;
    }
    int[] at = {i / 30, i / 5 % 6, i % 5};
    int[] steps = {30, 5, 1};
    for (int axis = 0; axis < 3; axis++) {
      if (at[axis] == 0 || at[axis] == SHAPE[axis] - 1) {
        return true;
      }
      if (mask[i - steps[axis]] == 0 || mask[i + steps[axis]] == 0) {
        return true;
      }
    }
    return false;
  }

  private static double[] brute(int[] from, int[] to) {
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      if (surface(from, i)) {
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < to.length; j++) {
          if (surface(to, j)) {
            double dz = (i / 30 - j / 30) * 3.0;
            double dy = i / 5 % 6 - j / 5 % 6;
            double dx = (i % 5 - j % 5) * 0.5;
            best = Math.min(best, Math.sqrt(dz * dz + dy * dy + dx * dx));
          }
        }
        distances.add(best);
      }
    }
    return distances.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void aMissedLesionIsAFailureAndNotDropped() {
    int[] none = new int[4 * 6 * 5];
    int[] some = blob(new Random(2));
    SurfaceDistances missed = SurfaceDistances.of(none, some, SHAPE, SPACING);
    assertThat(missed.failed()).isTrue();
    double diagonal = Math.sqrt(144 + 36 + 6.25);
    assertThat(missed.hausdorff()).isCloseTo(diagonal, within(1e-9));
    assertThat(missed.average()).isCloseTo(diagonal, within(1e-9));
    assertThat(missed.normalisedSurfaceDice(5)).isZero();
    SurfaceDistances agreed = SurfaceDistances.of(none, none, SHAPE, SPACING);
    assertThat(agreed.failed()).isFalse();
    assertThat(agreed.hausdorff()).isZero();
    assertThat(Overlap.of(none, none).dice()).isEqualTo(1);
    assertThat(Overlap.of(none, some).dice()).isZero();
  }

  @Test
  void overlapIsCounted() {
    Overlap overlap = Overlap.of(new int[] {1, 1, 0, 0}, new int[] {1, 0, 1, 0});
    assertThat(overlap.dice()).isEqualTo(0.5);
    assertThat(overlap.iou()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void matteErrorsAreWhatTheirNamesSay() {
    float[] truth = {0, 1, 0.5f, 1};
    float[] predicted = {0.1f, 0.9f, 0.7f, 1};
    assertThat(MatteErrors.sad(predicted, truth)).isCloseTo(0.4e-3, within(1e-9));
    assertThat(MatteErrors.mse(predicted, truth)).isCloseTo(0.06 / 4, within(1e-7));
    assertThat(MatteErrors.mseOfMixed(predicted, truth)).isCloseTo(0.04, within(1e-7));
    assertThat(MatteErrors.gradient(truth, truth, 2, 2)).isZero();
    assertThat(MatteErrors.connectivity(truth, truth, 2, 2)).isZero();
  }

  @Test
  void whatIsCutOffFromTheLargestRegionIsAConnectivityError() {
    float[] truth = {1, 1, 1, 1, 1, 1};
    float[] cut = {1, 1, 1, 1, 0, 1};
    // Pixel 4 is missing, and pixel 5 hangs on nothing: their levels are 0, and the truth's
    // connection there is 1 − 1, the prediction's 1 at pixel 4 and 1 − 1 at pixel 5.
    assertThat(MatteErrors.connectivity(cut, truth, 1, 6)).isCloseTo(1e-3, within(1e-9));
  }

  @Test
  void gaussianGradientsOfAStepAreThoseOfTheKernel() {
    float[] step = new float[15 * 15];
    for (int i = 0; i < step.length; i++) {
      step[i] = i % 15 >= 7 ? 1 : 0;
    }
    double error = MatteErrors.gradient(new float[step.length], step, 15, 15);
    int half = 4;
    double[] bell = new double[9];
    double[] slope = new double[9];
    double bells = 0;
    double slopes = 0;
    double all = 0;
    for (int k = 0; k < 9; k++) {
      double x = k - half;
      bell[k] = Math.exp(-x * x / 3.92) / (1.4 * Math.sqrt(2 * Math.PI));
      slope[k] = -x * bell[k] / 1.96;
      bells += bell[k] * bell[k];
      slopes += slope[k] * slope[k];
      all += bell[k];
    }
    double expected = 0;
    for (int x = 0; x < 15; x++) {
      double sum = 0;
      for (int k = 0; k < 9; k++) {
        int at = Math.max(0, Math.min(14, x + k - half));
        sum += slope[k] * (at >= 7 ? 1 : 0);
      }
      double magnitude = Math.abs(sum) * all / Math.sqrt(bells * slopes);
      expected += 15 * magnitude * magnitude;
    }
    assertThat(error).isCloseTo(expected / 1000, within(1e-9));
  }
}
