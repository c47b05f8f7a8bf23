package org.perdita.lab.gan;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Grey 28 × 28 images side by side, a thin line between them. */
final class ImageSheet {
  private static final int SIDE = 28;
  private static final int LINE = 0x30507a;

  private ImageSheet() {}

  /**
   * The first images, row by row; places without one stay empty.
   *
   * @param images one after the other, in [0, 1]
   * @param times by how much a pixel is enlarged
   */
  static BufferedImage of(float[] images, int columns, int rows, int times) {
    int cell = SIDE * times + 1;
    int width = columns * cell - 1;
    BufferedImage sheet = new BufferedImage(width, rows * cell - 1, BufferedImage.TYPE_INT_RGB);
    int[] line = new int[width];
    Arrays.fill(line, LINE);
    for (int y = 0; y < sheet.getHeight(); y++) {
      sheet.setRGB(0, y, width, 1, line, 0, width);
    }
    int shown = Math.min(columns * rows, images.length / (SIDE * SIDE));
    for (int i = 0; i < shown; i++) {
      for (int y = 0; y < SIDE * times; y++) {
        for (int x = 0; x < SIDE * times; x++) {
          float ink = images[(i * SIDE + y / times) * SIDE + x / times];
          int grey = Math.round(255 * Math.max(0, Math.min(ink, 1)));
          sheet.setRGB(
              i % columns * cell + x, i / columns * cell + y, grey << 16 | grey << 8 | grey);
        }
      }
    }
    return sheet;
  }
}
