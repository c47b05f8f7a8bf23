package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RingsTest {
  private static final int N = 20_000;

  @Test
  void discAndRingLieWhereTheDemonstrationPutsThem() {
    Rings rings = Rings.draw(1000, 1);
    float[] xy = rings.coordinates();
    int[] labels = rings.labels();
    // A point is rounded to whole pixels, which moves it by up to 0.71 of 14/256.
    double slack = 0.71 * 14 / 256;
    for (int i = 0; i < rings.size(); i++) {
      double radius = Math.hypot(xy[2 * i], xy[2 * i + 1]);
      assertThat(labels[i]).isEqualTo(1 - i % 2);
      if (labels[i] == 1) {
        assertThat(radius).isBetween(0.33 * 14 - slack, 0.48 * 14 + slack);
      } else {
        assertThat(radius).isBetween(0.0, 0.2 * 14 + slack);
      }
      float pixels = xy[2 * i] * 256 / 14;
      assertThat(pixels).isEqualTo(Math.round(pixels));
    }
  }

  @Test
  void repeatsForASeedAndStartsAlikeWhateverTheLength() {
    assertThat(Rings.draw(50, 3).coordinates()).isEqualTo(Rings.draw(50, 3).coordinates());
    assertThat(Rings.draw(50, 3).coordinates()).isNotEqualTo(Rings.draw(50, 4).coordinates());
    assertThat(Rings.draw(90, 3).coordinates()).startsWith(Rings.draw(50, 3).coordinates());
    assertThatThrownBy(() -> Rings.draw(-1, 3)).hasMessage("Rings: n must be 0 or more, was -1");
  }

  @ParameterizedTest
  @EnumSource
  void flipsOnlyTheChosenPointsAtTheRate(RingNoise.Where where) {
    Rings rings = Rings.draw(N, 5);
    NoisyLabels noisy = new RingNoise(where, 0.3).apply(rings, 6);
    int[] clean = rings.labels();
    int[] labels = noisy.labels();
    int eligible = 0;
    int flipped = 0;
    for (int i = 0; i < N; i++) {
      double radius = rings.radius(i);
      boolean ring = clean[i] == 1;
      boolean mayFlip =
          switch (where) {
            case SMALL_MARGIN -> ring ? radius < 0.36 : radius > 0.17;
            case LARGE_MARGIN -> ring ? radius > 0.45 : radius < 0.03;
            case ANYWHERE -> true;
          };
      assertThat(mayFlip || !noisy.changed(i)).isTrue();
      assertThat(labels[i] != clean[i]).isEqualTo(noisy.changed(i));
      eligible += mayFlip ? 1 : 0;
      flipped += noisy.changed(i) ? 1 : 0;
    }
    double spread = 5 * Math.sqrt(eligible * 0.3 * 0.7);
    assertThat((double) flipped).isBetween(0.3 * eligible - spread, 0.3 * eligible + spread);
  }

  @ParameterizedTest
  @EnumSource
  void rateZeroFlipsNothingAndRateOneEverythingChosen(RingNoise.Where where) {
    Rings rings = Rings.draw(1000, 7);
    assertThat(new RingNoise(where, 0).apply(rings, 1).changedCount()).isZero();
    NoisyLabels all = new RingNoise(where, 1).apply(rings, 1);
    assertThat(all.changedCount()).isPositive();
    assertThat(new RingNoise(where, 1).apply(rings, 2).labels()).isEqualTo(all.labels());
    NoisyLabels some = new RingNoise(where, 0.4).apply(rings, 1);
    assertThat(new RingNoise(where, 0.4).apply(rings, 1).labels()).isEqualTo(some.labels());
  }
}
