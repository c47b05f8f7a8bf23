package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MnistFilesTest {
  private final Path folder;
  private final Path images;
  private final Path labels;

  MnistFilesTest(@TempDir Path folder) {
    this.folder = folder;
    this.images = folder.resolve("images");
    this.labels = folder.resolve("labels");
  }

  private void given(byte[] imageBytes, byte[] labelBytes) {
    Samples.write(folder, "images", imageBytes);
    Samples.write(folder, "labels", labelBytes);
  }

  private void refuses(String sentence) {
    assertThatThrownBy(() -> MnistFiles.read(images, labels))
        .isInstanceOf(BadData.class)
        .hasMessage(
            sentence.replace("IMAGES", images.toString()).replace("LABELS", labels.toString()));
  }

  @Test
  void readsImagesInOrderPlainOrZipped() {
    byte[] imageBytes = Samples.idxImages(12, 5, 4);
    byte[] labelBytes = Samples.idxLabels(12);
    given(imageBytes, labelBytes);
    ImageSet plain = MnistFiles.read(images, labels);
    given(Samples.gzipped(imageBytes), Samples.gzipped(labelBytes));
    ImageSet zipped = MnistFiles.read(images, labels);

    assertThat(plain.size()).isEqualTo(12);
    assertThat(plain.height()).isEqualTo(5);
    assertThat(plain.width()).isEqualTo(4);
    assertThat(plain.classes()).isEqualTo(10);
    assertThat(plain.pixel(3, 0, 2, 1)).isEqualTo(3 + 2 * 4 + 1);
    assertThat(plain.label(11)).isEqualTo(1);
    assertThat(zipped.checksum()).isEqualTo(plain.checksum());
    assertThat(plain).hasToString("12 images 1×5×4, 10 classes, from " + images);
  }

  @Test
  void findsTheFourFilesInTheUsualFolders() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("MNIST/raw"));
    Samples.write(inner, "train-images-idx3-ubyte", Samples.idxImages(3, 2, 2));
    Samples.write(inner, "train-labels-idx1-ubyte.gz", Samples.gzipped(Samples.idxLabels(3)));
    Samples.write(inner, "t10k-images-idx3-ubyte", Samples.idxImages(1, 2, 2));
    assertThatThrownBy(() -> MnistFiles.read(folder))
        .isInstanceOf(BadData.class)
        .hasMessage(inner + ": t10k-labels-idx1-ubyte is missing, both plain and as .gz");
    Samples.write(inner, "t10k-labels-idx1-ubyte", Samples.idxLabels(1));
    assertThat(MnistFiles.read(folder).train().size()).isEqualTo(3);
    assertThat(MnistFiles.read(inner).test().size()).isEqualTo(1);
    Samples.write(inner, "t10k-images-idx3-ubyte", Samples.idxImages(1, 2, 3));
    assertThatThrownBy(() -> MnistFiles.read(folder))
        .hasMessage(inner + ": training images are 2×2, test images 2×3; they must agree");
  }

  @Test
  void saysWhatItLookedFor() {
    assertThatThrownBy(() -> MnistFiles.read(folder))
        .isInstanceOf(BadData.class)
        .hasMessage(
            folder
                + ": holds no MNIST-format files; looked for train-images-idx3-ubyte,"
                + " train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte,"
                + " plain or .gz, here and in mnist, MNIST/raw");
    Path missing = folder.resolve("nowhere");
    assertThatThrownBy(() -> MnistFiles.read(missing)).hasMessage(missing + ": no such folder");
    Path file = Samples.write(folder, "file", new byte[1]);
    assertThatThrownBy(() -> MnistFiles.read(file))
        .hasMessage(file + ": is a file, a folder is wanted");
    assertThatThrownBy(() -> MnistFiles.read(missing, missing))
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> MnistFiles.read(folder, folder))
        .hasMessage(folder + ": is a folder, a file is wanted");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2050, 'the magic number at offset 0 is 2050, allowed: 2051 (IDX images)'",
    "4, 0, 'count at offset 4 is 0, allowed: 1 … 1000000'",
    "4, -1, 'count at offset 4 is 4294967295, allowed: 1 … 1000000'",
    "8, 0, 'rows at offset 8 is 0, allowed: 1 … 512'",
    "12, 513, 'columns at offset 12 is 513, allowed: 1 … 512'",
    "12, 5,'the pixels of 3 images 4×5 would take 60 bytes from offset 16, the file has 48 there'",
    "12, 3, 'goes on after the last pixel at offset 52, where it should end'"
  })
  void refusesHeadersThatLie(int offset, int value, String sentence) {
    byte[] bytes = Samples.idxImages(3, 4, 4);
    ByteBuffer.wrap(bytes).putInt(offset, value);
    given(bytes, Samples.idxLabels(3));
    refuses("IMAGES: " + sentence);
  }

  @Test
  void refusesCountsThatDisagree() {
    given(Samples.idxImages(3, 4, 4), Samples.idxLabels(4));
    refuses("IMAGES: 3 images, but LABELS has 4 labels");
  }

  @Test
  void refusesLabelsThatAreNoDigits() {
    byte[] bytes = Samples.idxLabels(3);
    bytes[9] = (byte) 200;
    given(Samples.idxImages(3, 4, 4), bytes);
    refuses("LABELS: label 1 at offset 9 is 200, allowed: 0 … 9");
  }

  @Test
  void refusesFilesThatEndEarly() {
    byte[] whole = Samples.idxImages(3, 4, 4);
    given(new byte[0], Samples.idxLabels(3));
    refuses("IMAGES: ends at offset 0 inside the magic number, 0 of 4 bytes");
    given(Arrays.copyOf(whole, 10), Samples.idxLabels(3));
    refuses("IMAGES: ends at offset 10 inside rows, 2 of 4 bytes");
    given(Samples.gzipped(Arrays.copyOf(whole, 60)), Samples.idxLabels(3));
    refuses("IMAGES: ends at offset 60 inside the pixels of 3 images 4×4, 44 of 48 bytes");
  }

  @Test
  void refusesGzipThatIsDamaged() {
    byte[] zipped = Samples.gzipped(Samples.idxImages(3, 4, 4));
    given(Arrays.copyOf(zipped, 6), Samples.idxLabels(3));
    refuses("IMAGES: the gzip header is cut off");
    given(Arrays.copyOf(zipped, zipped.length - 12), Samples.idxLabels(3));
    assertThatThrownBy(() -> MnistFiles.read(images, labels))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(images + ": the gzip stream is damaged after offset ");
    zipped[zipped.length - 6] ^= 1; // the checksum
    given(zipped, Samples.idxLabels(3));
    assertThatThrownBy(() -> MnistFiles.read(images, labels))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(images + ": the gzip stream is damaged after offset ");
  }

  /** A hundred bytes may not make the reader allocate what their header asks for. */
  @Test
  void refusesHugeClaimsBeforeAllocating() {
    byte[] bytes = Samples.idxImages(1, 1, 1);
    ByteBuffer.wrap(bytes).putInt(4, 8000).putInt(8, 512).putInt(12, 512);
    given(Samples.gzipped(bytes), Samples.idxLabels(8000));
    long size = images.toFile().length();
    refuses(
        "IMAGES: the pixels of 8000 images 512×512 would take 2097152000 bytes from offset 16,"
            + (" the file can unpack to at most " + (1032 * size - 16) + " there"));
    ByteBuffer.wrap(bytes).putInt(4, 8192);
    given(Samples.gzipped(bytes), Samples.idxLabels(8192));
    refuses("IMAGES: the pixels of 8192 images 512×512 are 2147483648 bytes, allowed: below 2 GiB");
  }
}
