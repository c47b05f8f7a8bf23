package org.perdita.lab.data;

import java.util.Arrays;
import java.util.List;

/**
 * Gathers images whose number is not known beforehand; memory grows by half with what was really
 * read.
 */
final class ImageCollector {
  /** The most images that files may fill a set with: 1.5 GiB at 32 × 32 × 3. */
  private static final int LIMIT = 500_000;

  private final int channels;
  private final int height;
  private final int width;
  private final int limit;
  private byte[] pixels = new byte[1 << 20];
  private int[] labels = new int[256];
  private int size;

  ImageCollector(int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.limit = Math.min(LIMIT, (Integer.MAX_VALUE - 8) / (channels * height * width));
  }

  int size() {
    return size;
  }

  /** Refuses one image too many, when {@code waiting} more are still to be added. */
  void requireRoom(DataFile file, int waiting) {
    if (size + waiting == limit) {
      throw file.bad("goes on after " + limit + " images, allowed: at most " + limit);
    }
  }

  /** Takes {@code image}'s first channels × height × width bytes. */
  void add(int label, byte[] image) {
    int bytes = channels * height * width;
    int at = size * bytes;
    if (pixels.length - at < bytes) {
      long wanted = Math.max(pixels.length * 3L / 2, (long) at + bytes);
      pixels = Arrays.copyOf(pixels, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
    if (size == labels.length) {
      labels = Arrays.copyOf(labels, 2 * size);
    }
    System.arraycopy(image, 0, pixels, at, bytes);
    labels[size++] = label;
  }

  ImageSet build(String source, List<String> classNames) {
    int[] exact = Arrays.copyOf(labels, size);
    return ImageSet.of(source, classNames, channels, height, width, pixels, exact);
  }
}
