package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  /** Five images 2 × 1 × 2; byte k of the set is 10 k. */
  private static ImageSet five() {
    byte[] pixels = new byte[20];
    for (int k = 0; k < 20; k++) {
      pixels[k] = (byte) (10 * k);
    }
    return ImageSet.of("nowhere", NAMES, 2, 1, 2, pixels, new int[] {0, 1, 2, 0, 1});
  }

  @Test
  void countsPixelsFromZeroTo255() {
    ImageSet set = five();
    assertThat(set.pixel(4, 1, 0, 1)).isEqualTo(190);
    float[] floats = set.toFloats();
    assertThat(floats).hasSize(20);
    assertThat(floats[19]).isEqualTo(190 / 255f);
    assertThat(set.labelCounts()).containsExactly(2, 2, 1);
  }

  @Test
  void subsetsKeepLabelsWithTheirImages() {
    ImageSet set = five().subset(4, 2);
    assertThat(set.labels()).containsExactly(1, 2);
    assertThat(set.pixel(0, 0, 0, 0)).isEqualTo(160);
    assertThat(set.subset(1).pixel(0, 0, 0, 0)).isEqualTo(80);
    assertThat(five().first(2).size()).isEqualTo(2);
    assertThat(five().first(9).size()).isEqualTo(5);
    assertThat(five().after(2).labels()).containsExactly(2, 0, 1);
    assertThat(five().after(9).size()).isZero();
  }

  @Test
  void shufflesTheSameForTheSameSeed() {
    assertThat(five().shuffled(1).checksum()).isEqualTo(five().shuffled(1).checksum());
    assertThat(five().shuffled(1).labelCounts()).containsExactly(2, 2, 1);
    assertThat(five().shuffled(1).checksum()).isNotEqualTo(five().checksum());
  }

  @Test
  void momentsAreThoseOfTheChannels() {
    // Channel 0 holds 0 10 40 50 80 90 120 130 160 170, channel 1 each 20 more.
    ImageSet set = five();
    assertThat(set.mean()[0]).isCloseTo(85 / 255.0, Offset.offset(1e-12));
    assertThat(set.mean()[1]).isCloseTo(105 / 255.0, Offset.offset(1e-12));
    assertThat(set.standardDeviation()[0]).isCloseTo(Math.sqrt(3225) / 255, Offset.offset(1e-12));
  }

  @Test
  void relabelsWithoutTouchingTheOriginal() {
    ImageSet set = five();
    ImageSet other = set.withLabels(new int[] {2, 2, 2, 2, 2});
    assertThat(other.labelCounts()).containsExactly(0, 0, 5);
    assertThat(set.labelCounts()).containsExactly(2, 2, 1);
    assertThatThrownBy(() -> set.withLabels(new int[] {0, 0, 3, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageSet: label[2] = 3 is not in 0 … 2");
    assertThatThrownBy(() -> set.withLabels(new int[4]))
        .hasMessage("ImageSet: there must be 5 labels, were 4");
    assertThatThrownBy(() -> ImageSet.of("", NAMES, 1, 1, 1, new byte[1], new int[2]))
        .hasMessage("ImageSet: pixels must be at least 2 bytes, were 1");
  }
}
