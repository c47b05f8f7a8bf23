package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpegRecordsTest {
  private static final List<String> NAMES = ImageSet.numerals(10);

  private final Path folder;

  JpegRecordsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private ImageSet read(byte[] bytes) {
    return JpegRecords.read(Samples.write(folder, "a.rec", bytes), 16, 16, NAMES);
  }

  private void refuses(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(folder.resolve("a.rec") + ": " + sentence);
  }

  @Test
  void decodesEveryRecordInOrder() {
    ImageSet set = read(Samples.gzipped(Samples.jpegRecords(300, 16)));
    assertThat(set.size()).isEqualTo(300);
    assertThat(set.label(123)).isEqualTo(3);
    // Image 3 is plain 0x4080c0; JPEG keeps a plain colour to a few steps.
    assertThat(set.pixel(3, 0, 5, 5)).isBetween(0x40 - 4, 0x40 + 4);
    assertThat(set.pixel(3, 1, 5, 5)).isBetween(0x80 - 4, 0x80 + 4);
    assertThat(set.pixel(3, 2, 5, 5)).isBetween(0xc0 - 4, 0xc0 + 4);
  }

  @Test
  void refusesFieldsThatLie() {
    byte[] bytes = Samples.jpegRecords(1, 16);
    refuses(new byte[0], "ends at offset 0 inside the label of record 0, 0 of 1 bytes");
    refuses(Arrays.copyOf(bytes, 2), "ends at offset 2 inside the length of record 0, 1 of 2");
    refuses(Arrays.copyOf(bytes, 9), "ends at offset 9 inside the JPEG of record 0, 6 of ");
    byte[] label = bytes.clone();
    label[0] = 10;
    refuses(label, "label of record 0 at offset 0 is 10, allowed: 0 … 9");
    byte[] length = bytes.clone();
    length[1] = length[2] = 0;
    refuses(length, "length of record 0 at offset 1 is 0, allowed: 1 … 65535");
  }

  @Test
  void refusesImagesOfAnotherSizeBeforeDecoding() {
    refuses(Samples.jpegRecords(1, 17), "record 0 at offset 0 is an image 17×17, allowed: 16×16");
  }

  @Test
  void refusalsOfOtherThreadsAreTheSameSentence() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Samples.jpegRecords(600, 16));
    int at = bytes.size();
    bytes.writeBytes(Samples.jpegRecords(1, 17));
    refuses(
        bytes.toByteArray(), "record 600 at offset " + at + " is an image 17×17, allowed: 16×16");
  }

  @Test
  void refusesHalfAnImage() {
    byte[] whole = Samples.jpegRecords(1, 16);
    byte[] cut = Arrays.copyOf(whole, whole.length - 8);
    int length = cut.length - 3;
    cut[1] = (byte) (length >> 8);
    cut[2] = (byte) length;
    refuses(cut, "record 0 at offset 0 is not a whole JPEG: ");
  }

  @Test
  void refusesWhatIsNoJpeg() {
    refuses(
        new byte[] {0, 0, 4, 1, 2, 3, 4},
        "record 0 at offset 0 is not a JPEG that can be decoded: ");
  }
}
