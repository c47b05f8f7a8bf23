package org.perdita.lab.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Labelled images of one size, 8 bits a channel, in the order channel, row, column. Immutable;
 * subsets share the pixels of the set they were taken from.
 */
public final class ImageSet {
  private final String source;
  private final List<String> classNames;
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final int[] places;
  private final int[] labels;

  private ImageSet(
      String source,
      List<String> classNames,
      int channels,
      int height,
      int width,
      byte[] pixels,
      int[] places,
      int[] labels) {
    this.source = source;
    this.classNames = classNames;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.places = places;
    this.labels = labels;
  }

  /**
   * A set over {@code pixels}, which it keeps and which nobody may change afterwards.
   *
   * @param source where the images come from, for reports
   * @param pixels image after image, at least as many as there are labels
   * @param labels one class index an image, from 0 to {@code classNames.size() − 1}
   * @throws IllegalArgumentException if sizes do not fit or a label is out of range
   */
  static ImageSet of(
      String source,
      List<String> classNames,
      int channels,
      int height,
      int width,
      byte[] pixels,
      int[] labels) {
    long expected = (long) labels.length * channels * height * width;
    if (pixels.length < expected) {
      throw new IllegalArgumentException(
          "ImageSet: pixels must be at least " + expected + " bytes, were " + pixels.length);
    }
    int[] places = IntStream.range(0, labels.length).toArray();
    ImageSet set =
        new ImageSet(
            source,
            List.copyOf(classNames),
            channels,
            height,
            width,
            pixels,
            places,
            new int[labels.length]);
    return set.withLabels(labels);
  }

  /** Where the images come from, in words. */
  public String source() {
    return source;
  }

  /** How many images there are. */
  public int size() {
    return places.length;
  }

  /** 1 for grey, 3 for red, green, blue. */
  public int channels() {
    return channels;
  }

  /** Rows of an image. */
  public int height() {
    return height;
  }

  /** Columns of an image. */
  public int width() {
    return width;
  }

  /** Bytes of an image: channels × height × width. */
  public int imageSize() {
    return channels * height * width;
  }

  /** How many classes there are, whether or not each has an image here. */
  public int classes() {
    return classNames.size();
  }

  /** What people call the classes; the index is the label. */
  public List<String> classNames() {
    return classNames;
  }

  /** The class index of image {@code i}. */
  public int label(int i) {
    return labels[i];
  }

  /** All class indices; a copy. */
  public int[] labels() {
    return labels.clone();
  }

  /** One pixel of image {@code i}, from 0 to 255. */
  public int pixel(int i, int channel, int row, int column) {
    int within = (channel * height + row) * width + column;
    return pixels[places[i] * imageSize() + within] & 0xff;
  }

  /**
   * Writes image {@code i} as {@code pixel / 255}, in [0, 1].
   *
   * @param into overwritten from {@code at} for {@link #imageSize()} floats
   */
  public void copyTo(int i, float[] into, int at) {
    int size = imageSize();
    int from = places[i] * size;
    for (int p = 0; p < size; p++) {
      into[at + p] = (pixels[from + p] & 0xff) / 255f;
    }
  }

  /** All images as {@code pixel / 255}, shaped {@code [n, channels, height, width]}. */
  public float[] toFloats() {
    float[] floats = new float[Math.multiplyExact(size(), imageSize())];
    for (int i = 0; i < size(); i++) {
      copyTo(i, floats, i * imageSize());
    }
    return floats;
  }

  /** Mean of each channel of {@code pixel / 255}. */
  public double[] mean() {
    return moment(new double[channels], 1);
  }

  /** Standard deviation of each channel of {@code pixel / 255}. */
  public double[] standardDeviation() {
    double[] variance = moment(mean(), 2);
    return Arrays.stream(variance).map(Math::sqrt).toArray();
  }

  /** E[(x − centre)^power] of each channel. */
  private double[] moment(double[] centre, int power) {
    int area = height * width;
    double[] moments = new double[channels];
    for (int c = 0; c < channels; c++) {
      long[] counts = new long[256];
      for (int place : places) {
        int from = place * imageSize() + c * area;
        for (int p = from; p < from + area; p++) {
          counts[pixels[p] & 0xff]++;
        }
      }
      for (int v = 0; v < 256; v++) {
        double d = v / 255.0 - centre[c];
        moments[c] += counts[v] * (power == 1 ? d : d * d);
      }
      moments[c] /= (double) size() * area;
    }
    return moments;
  }

  /** How many images carry each label. */
  public int[] labelCounts() {
    int[] counts = new int[classes()];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * The same images under other labels, such as noisy ones.
   *
   * @throws IllegalArgumentException if there are more or fewer labels than images, or one is out
   *     of range
   */
  public ImageSet withLabels(int[] other) {
    if (other.length != size()) {
      throw new IllegalArgumentException(
          "ImageSet: there must be " + size() + " labels, were " + other.length);
    }
    for (int i = 0; i < other.length; i++) {
      if (other[i] < 0 || other[i] >= classes()) {
        throw new IllegalArgumentException(
            "ImageSet: label[" + i + "] = " + other[i] + " is not in 0 … " + (classes() - 1));
      }
    }
    return new ImageSet(source, classNames, channels, height, width, pixels, places, other.clone());
  }

  /** The images at {@code indices}, in that order, with their labels. */
  public ImageSet subset(int... indices) {
    int[] chosen = new int[indices.length];
    int[] theirs = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = places[indices[i]];
      theirs[i] = labels[indices[i]];
    }
    return new ImageSet(source, classNames, channels, height, width, pixels, chosen, theirs);
  }

  /** The first {@code n} images, or all if there are fewer. */
  public ImageSet first(int n) {
    return subset(IntStream.range(0, Math.min(n, size())).toArray());
  }

  /** The images from {@code n} on. */
  public ImageSet after(int n) {
    return subset(IntStream.range(Math.min(n, size()), size()).toArray());
  }

  /** The same images in an order drawn from {@code seed}. */
  public ImageSet shuffled(long seed) {
    return subset(Draw.of(seed).permutation(size()));
  }

  /**
   * The same images at a fraction of their size: each pixel is the mean of a square, rounded.
   *
   * @param by the side of the square in pixels; the images' sides are multiples of it
   */
  public ImageSet shrunk(int by) {
    if (by < 1 || height % by != 0 || width % by != 0) {
      throw new IllegalArgumentException(
          "ImageSet: " + height + "×" + width + " images do not shrink by " + by);
    }
    if (by == 1) {
      return this;
    }
    int rows = height / by;
    int columns = width / by;
    byte[] smaller = new byte[Math.multiplyExact(size(), channels * rows * columns)];
    int at = 0;
    for (int i = 0; i < size(); i++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < rows * columns; p++) {
          smaller[at++] = (byte) meanOfSquare(i, c, p / columns * by, p % columns * by, by);
        }
      }
    }
    return of(source, classNames, channels, rows, columns, smaller, labels);
  }

  private int meanOfSquare(int i, int channel, int row, int column, int side) {
    int sum = 0;
    for (int q = 0; q < side * side; q++) {
      sum += pixel(i, channel, row + q / side, column + q % side);
    }
    return (sum + side * side / 2) / (side * side);
  }

  /** CRC-32 of all pixels and labels, in order: two sets with the same one are the same. */
  public long checksum() {
    CRC32 crc = new CRC32();
    for (int i = 0; i < size(); i++) {
      crc.update(pixels, places[i] * imageSize(), imageSize());
      crc.update(labels[i]);
    }
    return crc.getValue();
  }

  /** As in {@code 60000 images 1×28×28, 10 classes, from mnist/train-images-idx3-ubyte.gz}. */
  @Override
  public String toString() {
    return (size() + " images " + channels + "×" + height + "×" + width)
        + (", " + classes() + " classes, from " + source);
  }

  /** Class names that are the indices themselves. */
  static List<String> numerals(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }
}
