package org.perdita.lab.noisy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.perdita.lab.data.Digits;
import org.perdita.lab.data.TrainTest;
import org.perdita.lab.experiment.Refusal;

class NoisySplitTest {
  private final TrainTest digits = Digits.draw(400, 60, 1);
  private final NoisySplit.Source source = new NoisySplit.Source(digits, 200, 100, 50);

  @Test
  void trainAndValidationAreNoisyTestIsNot() {
    NoisySplit split = source.draw(0.4, 1);
    assertThat(split.train().size()).isEqualTo(200);
    assertThat(split.validation().size()).isEqualTo(100);
    assertThat(split.test().size()).isEqualTo(50);
    NoisySplit clean = source.draw(0, 1);
    assertThat(differences(split.train().labels(), clean.train().labels()))
        .isEqualTo(split.wrongAt().cardinality())
        .isBetween(60, 100);
    assertThat(differences(split.validation().labels(), clean.validation().labels()))
        .isBetween(20, 60);
    assertThat(split.test().labels()).isEqualTo(digits.test().first(50).labels());
    assertThat(clean.wrong().size()).isZero();
  }

  @Test
  void aSeedGivesTheSameImagesAtEveryNoise() {
    NoisySplit none = source.draw(0, 2);
    NoisySplit much = source.draw(0.5, 2);
    assertThat(much.train().withLabels(none.train().labels()).checksum())
        .isEqualTo(none.train().checksum());
    assertThat(source.draw(0.5, 2).train().checksum()).isEqualTo(much.train().checksum());
    assertThat(source.draw(0.5, 3).train().checksum()).isNotEqualTo(much.train().checksum());
  }

  @Test
  void tooFewImagesAreRefused() {
    assertThatThrownBy(() -> NoiseStudy.source("noisy-digits", digits, 400, 10, 50))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("noisy-digits: needs 410 training images at this scale, found 400");
  }

  private static int differences(int[] a, int[] b) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      count += a[i] == b[i] ? 0 : 1;
    }
    return count;
  }
}
