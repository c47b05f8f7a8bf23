package org.perdita.lab.data;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * A JPEG or PNG file of any size. The header is read first, and no memory is taken for pixels
 * before their number is known to be reasonable; a file that ends early is refused, where the
 * decoder would fill the rest with grey.
 */
public final class PictureFile {
  /** Pixels; twice the largest camera of today. */
  private static final long MOST = 200_000_000;

  private PictureFile() {}

  /**
   * Reads all of {@code file}, in colour.
   *
   * @throws BadData if it is no whole JPEG or PNG
   */
  public static BufferedImage read(Path file) {
    return opened(file, reader -> whole(file, reader));
  }

  /**
   * Width and height from the header.
   *
   * @throws BadData if it is no JPEG or PNG
   */
  public static int[] size(Path file) {
    return opened(file, reader -> new int[] {reader.getWidth(0), reader.getHeight(0)});
  }

  private interface Work<T> {
    T with(ImageReader reader) throws IOException;
  }

  private static <T> T opened(Path file, Work<T> work) {
    if (Files.isDirectory(file)) {
      throw new BadData(file + ": is a folder, a picture is wanted");
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadData(file + ": is not a JPEG or PNG");
      }
      ImageReader reader = readers.next();
      try {
        String format = reader.getFormatName().toLowerCase(java.util.Locale.ROOT);
        if (!format.equals("jpeg") && !format.equals("png")) {
          throw new BadData(file + ": is a picture of format " + format + ", allowed: JPEG, PNG");
        }
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST) {
          throw new BadData(file + ": has " + pixels + " pixels, allowed: up to " + MOST);
        }
        return work.with(reader);
      } finally {
        reader.dispose();
      }
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw new BadData(file + ": no such file", e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof BadData known) {
        throw known;
      }
      // On garbage the decoder throws whatever it stumbles on, index errors included.
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new BadData(file + ": is not a picture that can be decoded: " + why, e);
    }
  }

  private static BufferedImage whole(Path file, ImageReader reader) throws IOException {
    String[] warning = new String[1];
    reader.addIIOReadWarningListener((source, what) -> warning[0] = what);
    BufferedImage image = reader.read(0);
    if (warning[0] != null) {
      throw new BadData(file + ": is not a whole picture: " + warning[0]);
    }
    if (image.getType() == BufferedImage.TYPE_INT_RGB) {
      return image;
    }
    BufferedImage colour =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = colour.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return colour;
  }
}
