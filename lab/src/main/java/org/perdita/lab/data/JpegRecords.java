package org.perdita.lab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads labelled JPEG images packed into one file, gzipped or not: record after record of u8 label,
 * u16 big-endian length n, n bytes of JPEG, with nothing before, between or after.
 */
public final class JpegRecords {
  /** Records read before they are decoded together. */
  private static final int TOGETHER = 4096;

  /** Images that one decoder decodes. */
  private static final int SHARE = 256;

  private JpegRecords() {}

  private static final class Packed {
    private final int label;
    private final String name;
    private final byte[] jpeg;

    Packed(int label, String name, byte[] jpeg) {
      this.label = label;
      this.name = name;
      this.jpeg = jpeg;
    }
  }

  /**
   * All images of a file as red, green, blue. Decodes on all cores of the common pool.
   *
   * @param height the rows that every image must have
   * @param width the columns that every image must have
   * @param classNames one name a class; labels run from 0 to one less than their number
   * @throws BadData if the file is not as it should be, or an image cannot be decoded whole
   */
  public static ImageSet read(Path path, int height, int width, List<String> classNames) {
    ImageCollector images = new ImageCollector(3, height, width);
    try (DataFile file = DataFile.open(path)) {
      do {
        List<Packed> packed = records(file, images, classNames.size());
        byte[][] pixels = decoded(file, packed, height, width);
        for (int i = 0; i < pixels.length; i++) {
          images.add(packed.get(i).label, pixels[i]);
        }
      } while (!file.atEnd());
    }
    return images.build(path.toString(), classNames);
  }

  private static List<Packed> records(DataFile file, ImageCollector images, int classes) {
    List<Packed> records = new ArrayList<>();
    do {
      images.requireRoom(file, records.size());
      String name = "record " + (images.size() + records.size());
      long at = file.offset();
      int label = file.u8("the label of " + name);
      file.require(label < classes, "label of " + name, at, label, "0 … " + (classes - 1));
      int length = file.u16("the length of " + name);
      file.require(length > 0, "length of " + name, at + 1, length, "1 … 65535");
      byte[] jpeg = new byte[length];
      file.fill(jpeg, length, "the JPEG of " + name);
      records.add(new Packed(label, name + " at offset " + at, jpeg));
    } while (records.size() < TOGETHER && !file.atEnd());
    return records;
  }

  private static byte[][] decoded(DataFile file, List<Packed> packed, int height, int width) {
    byte[][] pixels = new byte[packed.size()][];
    int shares = (packed.size() + SHARE - 1) / SHARE;
    IntStream.range(0, shares)
        .parallel()
        .forEach(
            share -> {
              try (JpegDecoder decoder = new JpegDecoder(height, width)) {
                int end = Math.min(packed.size(), (share + 1) * SHARE);
                for (int i = share * SHARE; i < end; i++) {
                  Packed record = packed.get(i);
                  pixels[i] = decoder.decode(record.jpeg, file, record.name);
                }
              }
            });
    return pixels;
  }
}
