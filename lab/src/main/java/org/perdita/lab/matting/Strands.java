package org.perdita.lab.matting;

import java.awt.image.BufferedImage;
import java.util.List;
import org.perdita.lab.data.Matte;
import org.perdita.lab.matting.HairTraining.Recipe;

/**
 * Image, mask, truth and prediction side by side: a row for each matte, and under it the square
 * with the most mixed pixels, enlarged.
 */
final class Strands {
  private static final int PANELS = 4;
  private static final int SIZE = 192;
  private static final int GAP = 4;

  private Strands() {}

  static BufferedImage of(List<Matte> mattes, List<float[]> predicted, Recipe recipe) {
    int step = SIZE + GAP;
    BufferedImage sheet =
        new BufferedImage(PANELS * step, 2 * mattes.size() * step, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < mattes.size(); i++) {
      Matte matte = mattes.get(i);
      float[][] alphas = {recipe.target(matte), matte.alpha(), predicted.get(i)};
      int half = matte.height() / 2;
      int corner = busiest(matte, half);
      for (int panel = 0; panel < PANELS; panel++) {
        int left = panel * step;
        paint(sheet, matte, panel, alphas, 0, 0, matte.height(), left, 2 * i * step);
        int top = corner / matte.width();
        int column = corner % matte.width();
        paint(sheet, matte, panel, alphas, top, column, half, left, (2 * i + 1) * step);
      }
    }
    return sheet;
  }

  /** Where the square of {@code side} pixels a side with most mixed pixels begins. */
  private static int busiest(Matte matte, int side) {
    int best = 0;
    int most = -1;
    for (int top = 0; top + side <= matte.height(); top += side / 4) {
      for (int left = 0; left + side <= matte.width(); left += side / 4) {
        int mixed = 0;
        for (int i = 0; i < side * side; i++) {
          float a = matte.alpha()[(top + i / side) * matte.width() + left + i % side];
          mixed += a > 0.05 && a < 0.95 ? 1 : 0;
        }
        if (mixed > most) {
          most = mixed;
          best = top * matte.width() + left;
        }
      }
    }
    return best;
  }

  private static void paint(
      BufferedImage sheet,
      Matte matte,
      int panel,
      float[][] alphas,
      int top,
      int left,
      int side,
      int x0,
      int y0) {
    int area = matte.height() * matte.width();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int at = (top + y * side / SIZE) * matte.width() + left + x * side / SIZE;
        int colour = 0;
        for (int c = 0; c < 3; c++) {
          float v = panel == 0 ? matte.rgb()[c * area + at] : alphas[panel - 1][at];
          colour = colour << 8 | Math.round(255 * Math.max(0, Math.min(1, v)));
        }
        sheet.setRGB(x0 + x, y0 + y, colour);
      }
    }
  }
}
