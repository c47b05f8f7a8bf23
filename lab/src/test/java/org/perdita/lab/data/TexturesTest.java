package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TexturesTest {
  @Test
  void drawsTheSameBitsEverywhere() {
    TrainTest sets = Textures.draw(500, 100, 1);
    assertThat(sets.train().checksum()).isEqualTo(353813296L);
    assertThat(sets.test().checksum()).isEqualTo(3806332384L);
  }

  @Test
  void anImageDoesNotDependOnHowManyAreDrawn() {
    ImageSet few = Textures.draw(20, 0, 2).train();
    assertThat(Textures.draw(90, 0, 2).train().first(20).checksum()).isEqualTo(few.checksum());
    assertThat(Textures.draw(20, 0, 3).train().checksum()).isNotEqualTo(few.checksum());
  }

  @Test
  void everyImageIsItsOwn() {
    TrainTest sets = Textures.draw(1000, 500, 4);
    Set<Long> seen = new HashSet<>();
    for (ImageSet set : new ImageSet[] {sets.train(), sets.test()}) {
      for (int i = 0; i < set.size(); i++) {
        assertThat(seen.add(set.subset(i).checksum())).isTrue();
      }
    }
  }

  /** No class is lighter, darker or more of a colour than another. */
  @Test
  void meanColourDoesNotTellTheClass() {
    ImageSet set = Textures.draw(10_000, 0, 5).train();
    assertThat(set.labelCounts()).containsOnly(1000);
    for (int label = 0; label < 10; label++) {
      int first = label;
      int[] members = IntStream.range(0, 1000).map(k -> 10 * k + first).toArray();
      for (double mean : set.subset(members).mean()) {
        // An image's mean has a standard deviation of about 0.2: five errors of a mean of 1000.
        assertThat(mean).as("class %d", label).isCloseTo(0.5, Offset.offset(0.032));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void patternsStayBetweenNothingAndAll(int kind) {
    for (int seed = 0; seed < 50; seed++) {
      TexturePattern pattern = TexturePattern.drawn(kind, 32, Draw.of(seed));
      float low = 1;
      float high = 0;
      for (int p = 0; p < 1024; p++) {
        int row = p / 32;
        float v = pattern.at(p % 32 + 0.5f, row + 0.5f);
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      assertThat(low).as("seed %d", seed).isGreaterThanOrEqualTo(0);
      assertThat(high).as("seed %d", seed).isLessThanOrEqualTo(1);
      assertThat(high - low).as("seed %d", seed).isGreaterThan(0.3f);
    }
  }

  @Test
  void refusesImpossibleCounts() {
    assertThatThrownBy(() -> Textures.draw(0, -1, 1))
        .hasMessage("Textures: the number of images must be in 0 … 500000, was -1");
  }
}
