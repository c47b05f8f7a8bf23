package org.perdita.lab.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads PNG, JPEG and BMP files, whose size is looked at before they are unpacked. */
public final class Pictures {
  private static final long MOST_PIXELS = 1L << 26;

  private Pictures() {}

  /**
   * The picture in {@code file}.
   *
   * @throws BadData if it is none, is damaged, or has more than 67 million pixels
   */
  public static BufferedImage read(Path file) {
    if (!Files.isRegularFile(file)) {
      String what = Files.isDirectory(file) ? "is a folder, a file is wanted" : "no such file";
      throw new BadData(file + ": " + what);
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadData(file + ": is no picture that can be read; PNG, JPEG and BMP can");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new BadData(file + ": has " + pixels + " pixels, allowed: " + MOST_PIXELS);
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof BadData bad) {
        throw bad;
      }
      throw new BadData(file + ": is damaged: " + e.getMessage(), e);
    }
  }
}
