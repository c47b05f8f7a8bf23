package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFilesTest {
  private final Path folder;

  CifarFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsTenInRedGreenBlueOrder() {
    Path plain = Samples.write(folder, "b.bin", Samples.cifar(3, 7));
    Path zipped = Samples.write(folder, "b.gz", Samples.gzipped(Samples.cifar(3, 7)));
    ImageSet set = CifarFiles.ten(List.of(plain));
    assertThat(set.size()).isEqualTo(3);
    assertThat(set.label(2)).isEqualTo(7);
    assertThat(set.classNames().get(7)).isEqualTo("horse");
    assertThat(set.pixel(2, 1, 3, 5)).isEqualTo((2 + 1024 + 3 * 32 + 5) % 256);
    assertThat(CifarFiles.ten(List.of(zipped)).checksum()).isEqualTo(set.checksum());
    assertThat(CifarFiles.ten(List.of(plain, zipped)).size()).isEqualTo(6);
  }

  @Test
  void readsTheFineLabelsOfHundred() {
    Path file = Samples.write(folder, "train.bin", Samples.cifar(2, 19, 99));
    ImageSet set = CifarFiles.hundred(file);
    assertThat(set.labels()).containsExactly(99, 99);
    assertThat(set.classes()).isEqualTo(100);
  }

  @Test
  void findsBatchesOfEitherKindAndJpegRecords() throws Exception {
    Path ten = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    for (int i = 1; i <= 5; i++) {
      Samples.write(ten, "data_batch_" + i + ".bin", Samples.cifar(i, i));
    }
    assertThatThrownBy(() -> CifarFiles.read(folder))
        .hasMessage(ten + ": test_batch.bin is missing, both plain and as .gz");
    Samples.write(ten, "test_batch.bin.gz", Samples.gzipped(Samples.cifar(2, 0)));
    TrainTest sets = CifarFiles.read(folder);
    assertThat(sets.train().labelCounts()).containsExactly(0, 1, 2, 3, 4, 5, 0, 0, 0, 0);
    assertThat(sets.test().size()).isEqualTo(2);
    Files.delete(ten.resolve("data_batch_3.bin"));
    assertThatThrownBy(() -> CifarFiles.read(ten))
        .hasMessage(ten + ": data_batch_3.bin is missing, both plain and as .gz");

    Path hundred = Files.createDirectory(folder.resolve("hundred"));
    Samples.write(hundred, "train.bin", Samples.cifar(2, 3, 55));
    Samples.write(hundred, "test.bin", Samples.cifar(1, 3, 56));
    assertThat(CifarFiles.read(hundred).test().labels()).containsExactly(56);

    Path records = Files.createDirectory(folder.resolve("records"));
    Samples.write(records, "train-a.rec.gz", Samples.gzipped(Samples.jpegRecords(4, 32)));
    assertThatThrownBy(() -> CifarFiles.read(records))
        .hasMessage(records + ": test*.rec is missing, both plain and as .gz");
    Samples.write(records, "test-a.rec", Samples.jpegRecords(2, 32));
    assertThat(CifarFiles.read(records).train().size()).isEqualTo(4);
    Samples.write(records, "test-b.rec", Samples.jpegRecords(2, 32));
    assertThatThrownBy(() -> CifarFiles.read(records))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(records + ": test*.rec must match one file, matches [");
  }

  @Test
  void saysWhatItLookedFor() {
    assertThatThrownBy(() -> CifarFiles.read(folder))
        .isInstanceOf(BadData.class)
        .hasMessage(
            folder
                + ": holds no CIFAR files; looked for data_batch_1.bin … data_batch_5.bin,"
                + " test_batch.bin, train.bin, test.bin, train*.rec, test*.rec, plain or .gz, here"
                + " and in cifar10, cifar-10-batches-bin, cifar100, cifar-100-binary");
  }

  @Test
  void refusesRecordsThatAreNotWhole() {
    byte[] bytes = Samples.cifar(2, 9);
    Path cut = Samples.write(folder, "cut", Arrays.copyOf(bytes, 4000));
    assertThatThrownBy(() -> CifarFiles.ten(List.of(cut)))
        .isInstanceOf(BadData.class)
        .hasMessage(cut + ": ends at offset 4000 inside the pixels of record 1, 926 of 3072 bytes");
    Path empty = Samples.write(folder, "empty", new byte[0]);
    assertThatThrownBy(() -> CifarFiles.ten(List.of(empty)))
        .hasMessage(empty + ": ends at offset 0 inside label of record 0, 0 of 1 bytes");
  }

  @Test
  void refusesLabelsOutOfRange() {
    Path ten = Samples.write(folder, "ten", Samples.cifar(1, 10));
    assertThatThrownBy(() -> CifarFiles.ten(List.of(ten)))
        .hasMessage(ten + ": label of record 0 at offset 0 is 10, allowed: 0 … 9");
    Path coarse = Samples.write(folder, "coarse", Samples.cifar(1, 20, 0));
    assertThatThrownBy(() -> CifarFiles.hundred(coarse))
        .hasMessage(coarse + ": coarse label of record 0 at offset 0 is 20, allowed: 0 … 19");
    Path fine = Samples.write(folder, "fine", Samples.cifar(1, 0, 100));
    assertThatThrownBy(() -> CifarFiles.hundred(fine))
        .hasMessage(fine + ": label of record 0 at offset 1 is 100, allowed: 0 … 99");
  }
}
