package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void drawsTheSameBitsEverywhere() {
    TrainTest sets = Digits.draw(500, 100, 1);
    assertThat(sets.train().checksum()).isEqualTo(4198530293L);
    assertThat(sets.test().checksum()).isEqualTo(823880835L);
  }

  @Test
  void anImageDoesNotDependOnHowManyAreDrawn() {
    ImageSet few = Digits.draw(20, 0, 2).train();
    assertThat(Digits.draw(90, 0, 2).train().first(20).checksum()).isEqualTo(few.checksum());
    assertThat(Digits.draw(20, 0, 3).train().checksum()).isNotEqualTo(few.checksum());
  }

  @Test
  void everyImageIsItsOwn() {
    TrainTest sets = Digits.draw(2000, 500, 4);
    Set<Long> seen = new HashSet<>();
    for (ImageSet set : new ImageSet[] {sets.train(), sets.test()}) {
      for (int i = 0; i < set.size(); i++) {
        assertThat(seen.add(set.subset(i).checksum())).isTrue();
      }
    }
  }

  @Test
  void classesTakeTurnsAndInkStaysInside() {
    ImageSet set = Digits.draw(1000, 0, 5).train();
    assertThat(set.labelCounts()).containsOnly(100);
    for (int i = 0; i < set.size(); i++) {
      int ink = 0;
      for (int p = 0; p < 28; p++) {
        int border =
            Math.max(
                Math.max(set.pixel(i, 0, 0, p), set.pixel(i, 0, 27, p)),
                Math.max(set.pixel(i, 0, p, 0), set.pixel(i, 0, p, 27)));
        assertThat(border).as("border of image %d", i).isLessThan(128);
        for (int q = 0; q < 28; q++) {
          ink += set.pixel(i, 0, p, q) > 100 ? 1 : 0;
        }
      }
      assertThat(ink).as("ink of image %d", i).isBetween(12, 300);
    }
  }

  @Test
  void refusesImpossibleCounts() {
    assertThatThrownBy(() -> Digits.draw(-1, 0, 1))
        .hasMessage("Digits: the number of images must be in 0 … 1000000, was -1");
  }
}
