package org.perdita.lab.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes JPEG images of one size to planes of red, green, blue. Not safe to share. */
final class JpegDecoder implements AutoCloseable {
  private final int height;
  private final int width;
  private final ImageReader reader;
  private final int[] packed;
  private @Nullable String warning;

  JpegDecoder(int height, int width) {
    this.height = height;
    this.width = width;
    this.packed = new int[height * width];
    this.reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    // Where the data ends early the decoder only warns, and fills the rest with grey.
    reader.addIIOReadWarningListener((source, what) -> warning = what);
  }

  /**
   * The planes of one image.
   *
   * @param name what to call the image in a refusal
   */
  byte[] decode(byte[] jpeg, DataFile file, String name) {
    warning = null;
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in, true, true);
      // The header tells the size; no pixel memory is allocated before it is checked.
      int rows = reader.getHeight(0);
      int columns = reader.getWidth(0);
      if (rows != height || columns != width) {
        throw file.bad(
            name + " is an image " + rows + "×" + columns + ", allowed: " + height + "×" + width);
      }
      BufferedImage image = reader.read(0);
      if (warning != null) {
        throw file.bad(name + " is not a whole JPEG: " + warning);
      }
      return planes(image);
    } catch (IOException | RuntimeException e) {
      if (e instanceof BadData known) {
        throw known;
      }
      // On garbage the decoder throws whatever it stumbles on, index errors included.
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new BadData(file + ": " + name + " is not a JPEG that can be decoded: " + why, e);
    }
  }

  private byte[] planes(BufferedImage image) {
    image.getRGB(0, 0, width, height, packed, 0, width);
    int area = height * width;
    byte[] planes = new byte[3 * area];
    for (int p = 0; p < area; p++) {
      int rgb = packed[p];
      planes[p] = (byte) (rgb >> 16);
      planes[area + p] = (byte) (rgb >> 8);
      planes[2 * area + p] = (byte) rgb;
    }
    return planes;
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
