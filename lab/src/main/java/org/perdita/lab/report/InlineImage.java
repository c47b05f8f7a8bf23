package org.perdita.lab.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.perdita.lab.experiment.Refusal;

/**
 * A PNG file as a data URI, so that the page needs no other file. A large one, which is a
 * photograph or like one, is inlined as a JPEG where that is smaller.
 *
 * @param uri the image
 * @param width in pixels
 * @param height in pixels
 */
record InlineImage(String uri, int width, int height) {
  private static final long PNG = 0x89504E470D0A1A0AL;
  private static final int HEADER = 24;
  private static final int LARGE = 48 << 10;
  private static final int LARGEST = 4 << 20;
  private static final int MOST_PIXELS = 4096 * 4096;
  private static final float QUALITY = 0.85f;

  /**
   * The image in {@code file}.
   *
   * @throws Refusal if it is missing, too large, or no PNG
   */
  static InlineImage of(Path file) {
    Path name = file.getFileName();
    try {
      if (Files.size(file) > LARGEST) {
        throw new Refusal(name + " is larger than 4 MiB");
      }
      byte[] png = Files.readAllBytes(file);
      ByteBuffer header = ByteBuffer.wrap(png);
      if (png.length < HEADER || header.getLong(0) != PNG) {
        throw new Refusal(name + " is not a PNG");
      }
      int width = header.getInt(16);
      int height = header.getInt(20);
      if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
        throw new Refusal(name + " is " + width + " × " + height + " pixels");
      }
      byte[] jpeg = png.length > LARGE ? jpeg(png, name) : png;
      boolean smaller = jpeg.length < png.length;
      String data = Base64.getEncoder().encodeToString(smaller ? jpeg : png);
      return new InlineImage(
          "data:image/" + (smaller ? "jpeg" : "png") + ";base64," + data, width, height);
    } catch (IOException e) {
      throw Refusal.file(name, "read", e);
    }
  }

  private static byte[] jpeg(byte[] png, Path name) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    if (image == null) {
      throw new Refusal(name + " is not a PNG");
    }
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = opaque.createGraphics();
    pen.drawImage(image, 0, 0, Color.WHITE, null);
    pen.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(opaque, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
