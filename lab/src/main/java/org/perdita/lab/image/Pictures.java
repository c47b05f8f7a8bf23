package org.perdita.lab.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.perdita.Tensor;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelFormat;

/** Between images and what Java draws and writes. */
public final class Pictures {
  private Pictures() {}

  /** The first of the pictures in {@code image}, rounded to bytes. */
  public static BufferedImage of(Image image) {
    Tensor rgb = image.to(PixelFormat.rgb()).pixels();
    int h = rgb.length(2);
    int w = rgb.length(3);
    BufferedImage picture = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < h * w; p++) {
      int packed = 0;
      for (int c = 0; c < 3; c++) {
        packed = packed << 8 | level(rgb.get(c * h * w + p));
      }
      picture.setRGB(p % w, p / w, packed);
    }
    return picture;
  }

  private static int level(float x) {
    return Math.round(255 * Math.max(0, Math.min(1, x)));
  }

  /** The colours of a picture in [0, 1]; what is transparent keeps its colour. */
  public static Image of(BufferedImage picture) {
    int h = picture.getHeight();
    int w = picture.getWidth();
    float[] planes = new float[3 * h * w];
    int[] row = new int[w];
    for (int i = 0; i < h; i++) {
      picture.getRGB(0, i, w, 1, row, 0, w);
      for (int j = 0; j < w; j++) {
        planes[i * w + j] = (row[j] >> 16 & 0xff) / 255f;
        planes[h * w + i * w + j] = (row[j] >> 8 & 0xff) / 255f;
        planes[2 * h * w + i * w + j] = (row[j] & 0xff) / 255f;
      }
    }
    return new Image(Tensor.of(planes, 1, 3, h, w), PixelFormat.rgb());
  }

  /** How opaque a picture is, as three equal channels. */
  public static Image opacity(BufferedImage picture) {
    int h = picture.getHeight();
    int w = picture.getWidth();
    float[] plane = new float[h * w];
    for (int p = 0; p < plane.length; p++) {
      plane[p] = (picture.getRGB(p % w, p / w) >>> 24) / 255f;
    }
    PixelFormat grey = new PixelFormat(PixelFormat.Range.UNIT, PixelFormat.Channels.GREY);
    return new Image(Tensor.of(plane, 1, 1, h, w), grey).to(PixelFormat.rgb());
  }

  /** The picture, as opaque as {@code opacity} says, which has its size. */
  public static BufferedImage with(BufferedImage picture, Image opacity) {
    int h = picture.getHeight();
    int w = picture.getWidth();
    BufferedImage clear = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
    for (int p = 0; p < h * w; p++) {
      int alpha = level(opacity.pixels().get(p));
      clear.setRGB(p % w, p / w, (alpha << 24) | (picture.getRGB(p % w, p / w) & 0xffffff));
    }
    return clear;
  }

  /** Rows of pictures of one size, side by side with a white gap. */
  public static BufferedImage grid(List<List<BufferedImage>> rows) {
    int gap = 6;
    int h = rows.get(0).get(0).getHeight();
    int w = rows.get(0).get(0).getWidth();
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    BufferedImage grid =
        new BufferedImage(
            columns * (w + gap) - gap, rows.size() * (h + gap) - gap, BufferedImage.TYPE_INT_RGB);
    Graphics2D on = grid.createGraphics();
    on.setColor(Color.WHITE);
    on.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).size(); j++) {
        on.drawImage(rows.get(i).get(j), j * (w + gap), i * (h + gap), w, h, null);
      }
    }
    on.dispose();
    return grid;
  }
}
