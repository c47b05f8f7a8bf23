package org.perdita.lab.noisy;

import java.awt.image.BufferedImage;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Condition;

/** Training images as the network is told to see them: a row a label, wrong ones framed. */
final class Sheet {
  private static final int COLUMNS = 14;
  private static final int FRAME = 2;
  private static final int RIGHT = 0xffffff;
  private static final int WRONG = 0xd55e00;

  private Sheet() {}

  static Picture of(NoisySplit data, Condition condition) {
    ImageSet train = data.train();
    int cell = train.width() + 2 * FRAME;
    BufferedImage sheet =
        new BufferedImage(COLUMNS * cell, train.classes() * cell, BufferedImage.TYPE_INT_RGB);
    int[] used = new int[train.classes()];
    for (int i = 0; i < train.size(); i++) {
      int label = train.label(i);
      if (used[label] < COLUMNS) {
        paint(sheet, train, i, used[label]++ * cell, label * cell, data.wrongAt().get(i));
      }
    }
    return new Picture(
        "Training images, " + condition.label() + ": a row for each label, wrong labels framed",
        sheet);
  }

  private static void paint(
      BufferedImage sheet, ImageSet images, int i, int left, int top, boolean wrong) {
    int cell = images.width() + 2 * FRAME;
    for (int y = 0; y < cell; y++) {
      for (int x = 0; x < cell; x++) {
        int row = y - FRAME;
        int column = x - FRAME;
        boolean inside =
            row >= 0 && row < images.height() && column >= 0 && column < images.width();
        int colour = inside ? colour(images, i, row, column) : wrong ? WRONG : RIGHT;
        sheet.setRGB(left + x, top + y, colour);
      }
    }
  }

  private static int colour(ImageSet images, int i, int row, int column) {
    int red = images.pixel(i, 0, row, column);
    if (images.channels() < 3) {
      return red << 16 | red << 8 | red;
    }
    return red << 16 | images.pixel(i, 1, row, column) << 8 | images.pixel(i, 2, row, column);
  }
}
