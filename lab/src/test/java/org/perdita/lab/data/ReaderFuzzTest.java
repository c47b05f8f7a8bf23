package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a file holds, a reader gives a whole set or one sentence with the file's name. */
class ReaderFuzzTest {
  private static final int ROUNDS = 400;

  private final Path folder;

  ReaderFuzzTest(@TempDir Path folder) {
    this.folder = folder;
  }

  enum Reader {
    IDX_IMAGES,
    IDX_LABELS,
    CIFAR_10,
    CIFAR_100,
    JPEG_RECORDS;

    byte[] good() {
      return switch (this) {
        case IDX_IMAGES -> Samples.idxImages(9, 7, 5);
        case IDX_LABELS -> Samples.idxLabels(9);
        case CIFAR_10 -> Samples.cifar(2, 3);
        case CIFAR_100 -> Samples.cifar(2, 3, 33);
        case JPEG_RECORDS -> Samples.jpegRecords(4, 16);
      };
    }

    ImageSet read(Path folder, Path path) {
      return switch (this) {
        case IDX_IMAGES ->
            MnistFiles.read(path, Samples.write(folder, "labels", Samples.idxLabels(9)));
        case IDX_LABELS ->
            MnistFiles.read(Samples.write(folder, "images", Samples.idxImages(9, 7, 5)), path);
        case CIFAR_10 -> CifarFiles.ten(List.of(path));
        case CIFAR_100 -> CifarFiles.hundred(path);
        case JPEG_RECORDS -> JpegRecords.read(path, 16, 16, ImageSet.numerals(10));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesASetOrASentence(Reader reader) {
    byte[] good = reader.good();
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Draw draw = Draw.of(round, reader.name().hashCode());
      Path path = Samples.write(folder, "fuzzed", mangled(good, draw));
      try {
        ImageSet set = reader.read(folder, path);
        assertThat(set.size()).isPositive();
        assertThat(set.toFloats()).hasSize(set.size() * set.imageSize());
      } catch (BadData e) {
        refused++;
        assertThat(e).as("round %d", round).hasMessageContaining(path.toString());
        assertThat(e.toString().lines()).as("round %d", round).hasSize(1);
      }
    }
    assertThat(refused).isBetween(ROUNDS / 4, ROUNDS);
  }

  /** Truncated, oversized, with lying fields, not gzip, gzip of garbage, damaged gzip. */
  private static byte[] mangled(byte[] good, Draw draw) {
    byte[] bytes = good.clone();
    switch (draw.below(6)) {
      case 0 -> bytes = Arrays.copyOf(bytes, draw.below(bytes.length));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + draw.below(5000));
      case 2 -> bytes[draw.below(16)] = (byte) draw.bits();
      case 3 -> flip(bytes, 1 + draw.below(30), draw);
      case 4 -> flip(bytes, 10 * bytes.length, draw);
      default -> {
        bytes[0] = 0x1f;
        bytes[1] = (byte) 0x8b;
      }
    }
    if (draw.chance(0.5)) {
      bytes = Samples.gzipped(bytes);
      if (draw.chance(0.5)) {
        flip(bytes, 1 + draw.below(3), draw);
      }
      if (draw.chance(0.3)) {
        bytes = Arrays.copyOf(bytes, draw.below(bytes.length));
      }
    }
    return bytes;
  }

  private static void flip(byte[] bytes, int times, Draw draw) {
    for (int i = 0; i < times; i++) {
      bytes[draw.below(bytes.length)] = (byte) draw.bits();
    }
  }
}
