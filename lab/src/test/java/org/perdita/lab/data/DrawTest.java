package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DrawTest {
  /**
   * The published first outputs of SplitMix64 for state 0, which {@code of} reaches from −golden.
   */
  @Test
  void isSplitMix64() {
    Draw draw = Draw.of(-0x9e3779b97f4a7c15L);
    assertThat(draw.bits()).isEqualTo(0xe220a8397b1dcdafL);
    assertThat(draw.bits()).isEqualTo(0x6e789e6aa1b965f4L);
    assertThat(draw.bits()).isEqualTo(0x06c45d188009454fL);
  }

  @Test
  void streamsOfOneSeedDiffer() {
    long[] first =
        IntStream.range(0, 1000).mapToLong(i -> Draw.of(1, i / 10, i % 10).bits()).toArray();
    assertThat(Arrays.stream(first).distinct().count()).isEqualTo(1000);
    assertThat(Draw.of(3, 4).bits()).isEqualTo(Draw.of(3, 4).bits());
    assertThat(Draw.of(3, 4).bits()).isNotEqualTo(Draw.of(4, 3).bits());
  }

  @Test
  void bellHasMeanZeroAndDeviationOne() {
    Draw draw = Draw.of(5);
    double[] bells = DoubleStream.generate(draw::bell).limit(200_000).toArray();
    double mean = Arrays.stream(bells).average().orElseThrow();
    double variance = Arrays.stream(bells).map(x -> x * x).average().orElseThrow();
    assertThat(mean).isCloseTo(0, Offset.offset(0.01));
    assertThat(variance).isCloseTo(1, Offset.offset(0.01));
    assertThat(Arrays.stream(bells).map(Math::abs).max().orElseThrow()).isLessThan(3.47);
  }

  @Test
  void permutationHoldsEachNumberOnceAndIsUniform() {
    int[] order = Draw.of(6).permutation(1000);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
    int[] firsts = new int[4];
    for (int seed = 0; seed < 4000; seed++) {
      firsts[Draw.of(seed).permutation(4)[0]]++;
    }
    // 1000 expected; 5 standard deviations are 137.
    for (int count : firsts) {
      assertThat(count).isBetween(863, 1137);
    }
  }

  @Test
  void chanceIsNeverAtZeroAndAlwaysAtOne() {
    Draw draw = Draw.of(7);
    for (int i = 0; i < 1000; i++) {
      assertThat(draw.chance(0)).isFalse();
      assertThat(draw.chance(1)).isTrue();
      assertThat(draw.below(7)).isBetween(0, 6);
      assertThat(draw.uniform(-2, 3)).isBetween(-2.0, 3.0);
    }
  }
}
