package org.perdita.lab.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.perdita.lab.experiment.Refusal;

/**
 * Pictures from files and to them. The size is read and checked before memory is taken for the
 * pixels; a JPEG that a camera held on its side is turned upright.
 */
public final class PictureFile {
  /** 64 megapixels: what a large camera gives. */
  private static final long MOST_PIXELS = 64L << 20;

  private PictureFile() {}

  /**
   * The picture, upright.
   *
   * @throws Refusal if it is not a picture that Java reads, or too large
   */
  public static BufferedImage read(Path file) {
    if (Files.isDirectory(file)) {
      throw new Refusal(file + ": is a folder, a picture is wanted");
    }
    try (InputStream raw = Files.newInputStream(file);
        ImageInputStream in = ImageIO.createImageInputStream(raw)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new Refusal(
            file + ": is no picture of a kind known here; known are PNG, JPEG, BMP, GIF and TIFF");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new Refusal(file + ": has " + pixels + " pixels, allowed: up to " + MOST_PIXELS);
        }
        return upright(reader.read(0), Orientation.of(file));
      } finally {
        reader.dispose();
      }
    } catch (NoSuchFileException e) {
      throw new Refusal(file + ": no such file");
    } catch (IOException | RuntimeException e) {
      if (e instanceof Refusal known) {
        throw known;
      }
      // On garbage the decoders throw whatever they stumble on, index errors included.
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new Refusal(file + ": cannot be decoded: " + why.lines().findFirst().orElse(""));
    }
  }

  /** The picture turned and mirrored as an EXIF orientation from 1 to 8 says. */
  static BufferedImage upright(BufferedImage picture, int orientation) {
    if (orientation < 2 || orientation > 8) {
      return picture;
    }
    int w = picture.getWidth();
    int h = picture.getHeight();
    boolean aside = orientation >= 5;
    int type =
        picture.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB
            : BufferedImage.TYPE_INT_RGB;
    BufferedImage turned = new BufferedImage(aside ? h : w, aside ? w : h, type);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int rgb = picture.getRGB(x, y);
        switch (orientation) {
          case 2 -> turned.setRGB(w - 1 - x, y, rgb);
          case 3 -> turned.setRGB(w - 1 - x, h - 1 - y, rgb);
          case 4 -> turned.setRGB(x, h - 1 - y, rgb);
          case 5 -> turned.setRGB(y, x, rgb);
          case 6 -> turned.setRGB(h - 1 - y, x, rgb);
          case 7 -> turned.setRGB(h - 1 - y, w - 1 - x, rgb);
          default -> turned.setRGB(y, w - 1 - x, rgb);
        }
      }
    }
    return turned;
  }

  /** Refuses a name that {@link #write} could not write, before any work is done. */
  public static void requireWritable(Path file) {
    format(file);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Refusal(file + ": there is no folder " + folder);
    }
    if (Files.isDirectory(file)) {
      throw new Refusal(file + ": is a folder, a file name is wanted");
    }
  }

  /** Writes PNG or JPEG, as the name ends: beside its place first, then moved there. */
  public static void write(BufferedImage picture, Path file) {
    String format = format(file);
    Path absolute = file.toAbsolutePath();
    try {
      Path beside =
          absolute.resolveSibling(
              "." + absolute.getFileName() + "." + ProcessHandle.current().pid());
      try {
        ImageIO.write(format.equals("jpg") ? opaque(picture) : picture, format, beside.toFile());
        try {
          Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
          Files.move(beside, absolute, StandardCopyOption.REPLACE_EXISTING);
        }
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static String format(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return "png";
    }
    if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
      return "jpg";
    }
    throw new Refusal(file + ": the name must end with .png, .jpg or .jpeg");
  }

  private static BufferedImage opaque(BufferedImage picture) {
    BufferedImage plain =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D on = plain.createGraphics();
    on.setColor(Color.WHITE);
    on.fillRect(0, 0, plain.getWidth(), plain.getHeight());
    on.drawImage(picture, 0, 0, null);
    on.dispose();
    return plain;
  }
}
