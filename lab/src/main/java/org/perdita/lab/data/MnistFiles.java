package org.perdita.lab.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads the four IDX files of MNIST and of the sets published in its format, gzipped or not.
 *
 * <p>Images: u32 magic 2051, u32 count, u32 rows, u32 columns, then a byte a pixel, 0 for
 * background. Labels: u32 magic 2049, u32 count, then a byte a label, from 0 to 9. All big-endian.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">LeCun, Cortes and Burges, the MNIST database</a>
 */
public final class MnistFiles {
  private static final int IMAGES = 2051;
  private static final int LABELS = 2049;
  private static final int CLASSES = 10;
  private static final int MOST_IMAGES = 1_000_000;
  private static final int MOST_PIXELS_A_SIDE = 512;

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
  private static final List<String> NAMES =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);
  private static final List<String> INNER = List.of("mnist", "MNIST/raw");

  private MnistFiles() {}

  /**
   * Training and test images of a folder.
   *
   * @param folder where the files are, or the folder that holds {@code mnist} or {@code MNIST/raw}
   * @throws BadData if they are not there or not as they should be
   */
  public static TrainTest read(Path folder) {
    for (DataFolder candidate : DataFolder.candidates(folder, INNER)) {
      if (NAMES.stream().anyMatch(name -> candidate.find(name).isPresent())) {
        TrainTest sets =
            new TrainTest(
                read(candidate.require(TRAIN_IMAGES), candidate.require(TRAIN_LABELS)),
                read(candidate.require(TEST_IMAGES), candidate.require(TEST_LABELS)));
        requireOneSize(candidate.path(), sets);
        return sets;
      }
    }
    throw DataFolder.nothing(folder, "MNIST-format files", NAMES, INNER);
  }

  private static void requireOneSize(Path folder, TrainTest sets) {
    ImageSet train = sets.train();
    ImageSet test = sets.test();
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new BadData(
          (folder + ": training images are " + train.height() + "×" + train.width())
              + (", test images " + test.height() + "×" + test.width() + "; they must agree"));
    }
  }

  /**
   * One file of images with its file of labels.
   *
   * @throws BadData if either is not as it should be, or their counts differ
   */
  public static ImageSet read(Path images, Path labels) {
    int[] classes = labels(labels);
    try (DataFile file = DataFile.open(images)) {
      magic(file, IMAGES, "images");
      int count = field(file, "count", MOST_IMAGES);
      int rows = field(file, "rows", MOST_PIXELS_A_SIDE);
      int columns = field(file, "columns", MOST_PIXELS_A_SIDE);
      if (count != classes.length) {
        throw file.bad(count + " images, but " + labels + " has " + classes.length + " labels");
      }
      long bytes = (long) count * rows * columns;
      String what = "the pixels of " + count + " images " + rows + "×" + columns;
      if (bytes > Integer.MAX_VALUE - 8) {
        throw file.bad(what + " are " + bytes + " bytes, allowed: below 2 GiB");
      }
      byte[] pixels = file.bytes((int) bytes, what);
      file.requireEnd("the last pixel");
      return ImageSet.of(
          images.toString(), ImageSet.numerals(CLASSES), 1, rows, columns, pixels, classes);
    }
  }

  private static int[] labels(Path path) {
    try (DataFile file = DataFile.open(path)) {
      magic(file, LABELS, "labels");
      int count = field(file, "count", MOST_IMAGES);
      long start = file.offset();
      byte[] bytes = file.bytes(count, count + " labels");
      file.requireEnd("the last label");
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = bytes[i] & 0xff;
        file.require(labels[i] < CLASSES, "label " + i, start + i, labels[i], "0 … 9");
      }
      return labels;
    }
  }

  private static void magic(DataFile file, int expected, String what) {
    long found = file.u32("the magic number");
    file.require(found == expected, "the magic number", 0, found, expected + " (IDX " + what + ")");
  }

  private static int field(DataFile file, String name, int most) {
    long at = file.offset();
    long value = file.u32(name);
    file.require(value >= 1 && value <= most, name, at, value, "1 … " + most);
    return (int) value;
  }
}
