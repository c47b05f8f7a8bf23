package org.perdita.lab.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small files in the formats the readers know. */
final class Samples {
  private Samples() {}

  /** An IDX file of {@code n} images, pixel p of image i being i + p. */
  static byte[] idxImages(int n, int rows, int columns) {
    ByteBuffer b = ByteBuffer.allocate(16 + n * rows * columns);
    b.putInt(2051).putInt(n).putInt(rows).putInt(columns);
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < rows * columns; p++) {
        b.put((byte) (i + p));
      }
    }
    return b.array();
  }

  /** An IDX file of {@code n} labels, label i being i % 10. */
  static byte[] idxLabels(int n) {
    ByteBuffer b = ByteBuffer.allocate(8 + n);
    b.putInt(2049).putInt(n);
    for (int i = 0; i < n; i++) {
      b.put((byte) (i % 10));
    }
    return b.array();
  }

  /** CIFAR records with the given label bytes before pixels; each pixel p of record i is i + p. */
  static byte[] cifar(int n, int... labelBytes) {
    ByteBuffer b = ByteBuffer.allocate(n * (labelBytes.length + 3072));
    for (int i = 0; i < n; i++) {
      for (int label : labelBytes) {
        b.put((byte) label);
      }
      for (int p = 0; p < 3072; p++) {
        b.put((byte) (i + p));
      }
    }
    return b.array();
  }

  /** JPEG records of plain-coloured images, labels 0, 1, … */
  static byte[] jpegRecords(int n, int side) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < n; i++) {
      byte[] jpeg = jpeg(side, 0x102030 * (i + 1));
      out.write(i % 10);
      out.write(jpeg.length >> 8);
      out.write(jpeg.length);
      out.writeBytes(jpeg);
    }
    return out.toByteArray();
  }

  static byte[] jpeg(int side, int rgb) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < side * side; p++) {
      image.setRGB(p % side, p / side, rgb);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Path write(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
