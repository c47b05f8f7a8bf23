package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelNoiseTest {
  private static final int CLASSES = 3;
  private static final int N = 9001;
  private static final int[] CLEAN = IntStream.range(0, N).map(i -> i % CLASSES).toArray();

  private static final LabelNoise CYCLE =
      new LabelNoise.ClassDependent(
          List.of(List.of(0.7, 0.3, 0.0), List.of(0.0, 1.0, 0.0), List.of(0.5, 0.1, 0.4)));

  static Stream<LabelNoise> noises() {
    return Stream.of(new LabelNoise.Symmetric(0.4), new LabelNoise.PairFlip(0.4), CYCLE);
  }

  static Stream<LabelNoise> silent() {
    return Stream.of(
        new LabelNoise.Symmetric(0),
        new LabelNoise.PairFlip(0),
        new LabelNoise.ClassDependent(
            List.of(List.of(1.0, 0.0, 0.0), List.of(0.0, 1.0, 0.0), List.of(0.0, 0.0, 1.0))));
  }

  @ParameterizedTest
  @MethodSource("noises")
  void saysWhichLabelsItChanged(LabelNoise noise) {
    int[] clean = CLEAN.clone();
    NoisyLabels noisy = noise.apply(clean, CLASSES, 1);
    assertThat(clean).isEqualTo(CLEAN);
    int[] labels = noisy.labels();
    int changed = 0;
    for (int i = 0; i < N; i++) {
      assertThat(noisy.changed(i)).isEqualTo(labels[i] != CLEAN[i]);
      assertThat(labels[i]).isBetween(0, CLASSES - 1);
      changed += noisy.changed(i) ? 1 : 0;
    }
    assertThat(noisy.changedCount()).isEqualTo(changed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("noises")
  void repeatsForASeedAndDiffersForAnother(LabelNoise noise) {
    assertThat(noise.apply(CLEAN, CLASSES, 1).labels())
        .isEqualTo(noise.apply(CLEAN, CLASSES, 1).labels())
        .isNotEqualTo(noise.apply(CLEAN, CLASSES, 2).labels());
  }

  @ParameterizedTest
  @MethodSource("silent")
  void leavesLabelsAloneAtRateZero(LabelNoise noise) {
    NoisyLabels noisy = noise.apply(CLEAN, CLASSES, 3);
    assertThat(noisy.labels()).isEqualTo(CLEAN);
    assertThat(noisy.changedCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.2, 0.333, 0.5, 1})
  void corruptsExactlyTheRate(double rate) {
    int expected = (int) Math.round(rate * N);
    for (LabelNoise noise :
        List.of(new LabelNoise.Symmetric(rate), new LabelNoise.PairFlip(rate))) {
      assertThat(noise.apply(CLEAN, CLASSES, 4).changedCount()).isEqualTo(expected);
    }
  }

  @Test
  void symmetricReachesTheOtherClassesAlike() {
    int[] labels = new LabelNoise.Symmetric(1).apply(CLEAN, CLASSES, 5).labels();
    int next = 0;
    for (int i = 0; i < N; i++) {
      next += labels[i] == (CLEAN[i] + 1) % CLASSES ? 1 : 0;
    }
    assertThat(next).isBetween(binomialLow(N, 0.5), binomialHigh(N, 0.5));
  }

  @Test
  void pairFlipReachesTheNextClassOnly() {
    NoisyLabels noisy = new LabelNoise.PairFlip(0.45).apply(CLEAN, CLASSES, 6);
    int[] labels = noisy.labels();
    for (int i = 0; i < N; i++) {
      int expected = noisy.changed(i) ? (CLEAN[i] + 1) % CLASSES : CLEAN[i];
      assertThat(labels[i]).isEqualTo(expected);
    }
  }

  @Test
  void lowerRatesCorruptAPartOfWhatHigherRatesCorrupt() {
    NoisyLabels low = new LabelNoise.Symmetric(0.2).apply(CLEAN, CLASSES, 7);
    NoisyLabels high = new LabelNoise.Symmetric(0.5).apply(CLEAN, CLASSES, 7);
    int[] lower = low.labels();
    int[] higher = high.labels();
    for (int i = 0; i < N; i++) {
      if (low.changed(i)) {
        assertThat(higher[i]).isEqualTo(lower[i]);
      }
    }
  }

  @Test
  void classDependentFollowsItsRows() {
    int[] labels = CYCLE.apply(CLEAN, CLASSES, 8).labels();
    int[][] counts = new int[CLASSES][CLASSES];
    for (int i = 0; i < N; i++) {
      counts[CLEAN[i]][labels[i]]++;
    }
    List<List<Double>> rows = ((LabelNoise.ClassDependent) CYCLE).transition();
    for (int i = 0; i < CLASSES; i++) {
      int n = IntStream.of(counts[i]).sum();
      for (int j = 0; j < CLASSES; j++) {
        double p = rows.get(i).get(j);
        assertThat(counts[i][j]).isBetween(binomialLow(n, p), binomialHigh(n, p));
      }
    }
  }

  /** Five standard deviations either side. */
  private static int binomialLow(int n, double p) {
    return (int) Math.floor(n * p - 5 * Math.sqrt(n * p * (1 - p)));
  }

  private static int binomialHigh(int n, double p) {
    return (int) Math.ceil(n * p + 5 * Math.sqrt(n * p * (1 - p)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesRatesThatAreNoProbability(double rate) {
    assertThatThrownBy(() -> new LabelNoise.Symmetric(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Symmetric: rate must be in [0, 1], was " + rate);
    assertThatThrownBy(() -> new LabelNoise.PairFlip(rate))
        .hasMessage("PairFlip: rate must be in [0, 1], was " + rate);
    assertThatThrownBy(
            () -> new LabelNoise.ClassDependent(List.of(List.of(rate, 0.5), List.of(0.0, 1.0))))
        .hasMessage("ClassDependent: transition[0][0] must be in [0, 1], was " + rate);
    assertThatThrownBy(() -> new RingNoise(RingNoise.Where.ANYWHERE, rate))
        .hasMessage("RingNoise: rate must be in [0, 1], was " + rate);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new LabelNoise.ClassDependent(List.of(List.of(0.5, 0.4), List.of())))
        .hasMessage("ClassDependent: transition[0] must sum to 1, summed to 0.9");
    assertThatThrownBy(() -> new LabelNoise.ClassDependent(List.of(List.of(0.5))))
        .hasMessage("ClassDependent: transition[0] must sum to 1, summed to 0.5");
    assertThatThrownBy(() -> new LabelNoise.ClassDependent(List.of(List.of(0.5, 0.5))))
        .hasMessage("ClassDependent: transition[0] must have 1 entries, had 2");
    assertThatThrownBy(() -> CYCLE.apply(CLEAN, 4, 1))
        .hasMessage("ClassDependent: transition is for 3 classes, not 4");
    LabelNoise symmetric = new LabelNoise.Symmetric(0.5);
    assertThatThrownBy(() -> symmetric.apply(new int[] {0, 3}, 3, 1))
        .hasMessage("Symmetric[rate=0.5]: label[1] = 3 is not in 0 … 2");
    assertThatThrownBy(() -> symmetric.apply(new int[] {0}, 1, 1))
        .hasMessage("Symmetric[rate=0.5]: there must be 2 classes or more, were 1");
  }
}
