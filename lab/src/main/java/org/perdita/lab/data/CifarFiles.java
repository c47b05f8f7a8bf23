package org.perdita.lab.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads CIFAR-10 and CIFAR-100 in their binary versions, gzipped or not, and as {@link
 * JpegRecords}.
 *
 * <p>A record of CIFAR-10 is a label byte (0 … 9) and 1024 red, 1024 green, 1024 blue bytes of a 32
 * × 32 image, row by row. A record of CIFAR-100 has two label bytes in front, the coarse one (0 …
 * 19), which is checked and dropped, and the fine one (0 … 99).
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky, Learning Multiple Layers
 *     of Features from Tiny Images, 2009</a>
 */
public final class CifarFiles {
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;
  private static final int COARSE_CLASSES = 20;
  private static final List<String> CLASSES_10 =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final List<String> CLASSES_100 = ImageSet.numerals(100);

  private static final List<String> BATCHES =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  private static final String TEST_BATCH = "test_batch.bin";
  private static final String TRAIN_100 = "train.bin";
  private static final String TEST_100 = "test.bin";
  private static final String TRAIN_JPEG = "train*.rec";
  private static final String TEST_JPEG = "test*.rec";
  private static final List<String> NAMES =
      List.of(
          "data_batch_1.bin … data_batch_5.bin",
          TEST_BATCH,
          TRAIN_100,
          TEST_100,
          TRAIN_JPEG,
          TEST_JPEG);
  private static final List<String> INNER =
      List.of("cifar10", "cifar-10-batches-bin", "cifar100", "cifar-100-binary");

  private CifarFiles() {}

  /**
   * Training and test images of a folder: CIFAR-10 batches if one is there, else CIFAR-100, else
   * JPEG records of CIFAR-10.
   *
   * @param folder where the files are, or the folder that holds {@code cifar10}, {@code
   *     cifar-10-batches-bin}, {@code cifar100} or {@code cifar-100-binary}
   * @throws BadData if they are not there or not as they should be
   */
  public static TrainTest read(Path folder) {
    for (DataFolder candidate : DataFolder.candidates(folder, INNER)) {
      Optional<TrainTest> found = read(candidate);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw DataFolder.nothing(folder, "CIFAR files", NAMES, INNER);
  }

  private static Optional<TrainTest> read(DataFolder folder) {
    if (BATCHES.stream().anyMatch(name -> folder.find(name).isPresent())) {
      List<Path> batches = BATCHES.stream().map(folder::require).toList();
      return Optional.of(new TrainTest(ten(batches), ten(List.of(folder.require(TEST_BATCH)))));
    }
    if (folder.find(TRAIN_100).isPresent()) {
      return Optional.of(
          new TrainTest(hundred(folder.require(TRAIN_100)), hundred(folder.require(TEST_100))));
    }
    Optional<Path> train = folder.findOne(TRAIN_JPEG);
    if (train.isPresent()) {
      Path test = folder.requireOne(TEST_JPEG);
      return Optional.of(
          new TrainTest(
              JpegRecords.read(train.get(), SIDE, SIDE, CLASSES_10),
              JpegRecords.read(test, SIDE, SIDE, CLASSES_10)));
    }
    return Optional.empty();
  }

  /**
   * The images of CIFAR-10 batches, one file after the other.
   *
   * @throws BadData if one is not as it should be
   */
  public static ImageSet ten(List<Path> batches) {
    ImageCollector images = new ImageCollector(3, SIDE, SIDE);
    for (Path batch : batches) {
      read(batch, false, images);
    }
    String source =
        batches.get(0) + (batches.size() > 1 ? " and " + (batches.size() - 1) + " more" : "");
    return images.build(source, CLASSES_10);
  }

  /**
   * The images of a CIFAR-100 file under their fine labels.
   *
   * @throws BadData if it is not as it should be
   */
  public static ImageSet hundred(Path path) {
    ImageCollector images = new ImageCollector(3, SIDE, SIDE);
    read(path, true, images);
    return images.build(path.toString(), CLASSES_100);
  }

  private static void read(Path path, boolean hundred, ImageCollector images) {
    int classes = hundred ? CLASSES_100.size() : CLASSES_10.size();
    byte[] pixels = new byte[PIXELS];
    try (DataFile file = DataFile.open(path)) {
      int record = 0;
      do {
        images.requireRoom(file, 0);
        if (hundred) {
          label(file, "coarse label of record " + record, COARSE_CLASSES);
        }
        int label = label(file, "label of record " + record, classes);
        file.fill(pixels, PIXELS, "the pixels of record " + record);
        images.add(label, pixels);
        record++;
      } while (!file.atEnd());
    }
  }

  private static int label(DataFile file, String field, int classes) {
    long at = file.offset();
    int label = file.u8(field);
    file.require(label < classes, field, at, label, "0 … " + (classes - 1));
    return label;
  }
}
