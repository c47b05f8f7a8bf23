package org.perdita.lab.tables;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import org.perdita.lab.metrics.BinaryScores.Bin;
import org.perdita.lab.metrics.BinaryScores.Point;

/**
 * Left, precision by recall, with the share of positives dashed. Right, how often a yes came true
 * by the probability said, on logarithmic axes: filled as claimed, hollow recalibrated.
 */
final class ScorePicture {
  private static final int SIDE = 240;
  private static final int LEFT = 52;
  private static final int TOP = 28;
  private static final int BOTTOM = 40;
  private static final int WIDTH = 2 * (LEFT + SIDE) + 20;
  private static final int HEIGHT = TOP + SIDE + BOTTOM;
  private static final int DECADES = 5;
  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xdddddd);
  private static final Color CURVE = new Color(0x0072b2);
  private static final Color FITTED = new Color(0xd55e00);

  private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D pen = image.createGraphics();

  private ScorePicture() {
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
  }

  static BufferedImage of(Point[] curve, double share, Bin[] claimed, Bin[] fitted) {
    ScorePicture picture = new ScorePicture();
    picture.precision(curve, share);
    picture.reliability(claimed, fitted);
    picture.pen.dispose();
    return picture.image;
  }

  private void precision(Point[] curve, double share) {
    for (int i = 0; i <= 5; i++) {
      double at = i / 5.0;
      grid(LEFT, at, Math.round(100 * at) + " %");
    }
    title(LEFT, "recall", "precision");
    Path2D path = new Path2D.Double();
    for (int i = 0; i < curve.length; i++) {
      double x = LEFT + SIDE * curve[i].recall();
      double y = TOP + SIDE * (1 - curve[i].precision());
      if (i == 0) {
        path.moveTo(LEFT, y);
      }
      path.lineTo(x, y);
    }
    pen.setColor(CURVE);
    pen.setStroke(new BasicStroke(1.6f));
    pen.draw(path);
    pen.setColor(INK);
    pen.setStroke(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {4, 3}, 0));
    double y = TOP + SIDE * (1 - share);
    pen.draw(new Line2D.Double(LEFT, y, LEFT + SIDE, y));
  }

  private void reliability(Bin[] claimed, Bin[] fitted) {
    int left = 2 * LEFT + SIDE;
    for (int i = 0; i <= DECADES; i++) {
      grid(left, (double) i / DECADES, i == DECADES ? "1" : "1e" + (i - DECADES));
    }
    title(left, "probability said", "share that came true");
    pen.setColor(INK);
    pen.setStroke(new BasicStroke(1));
    pen.draw(new Line2D.Double(left, TOP + SIDE, left + SIDE, TOP));
    for (Bin bin : fitted) {
      dot(left, bin, FITTED, false);
    }
    for (Bin bin : claimed) {
      dot(left, bin, CURVE, true);
    }
  }

  private void dot(int left, Bin bin, Color color, boolean filled) {
    double x = left + SIDE * logarithmic(bin.said());
    double y = TOP + SIDE * (1 - logarithmic(bin.observed()));
    Ellipse2D dot = new Ellipse2D.Double(x - 3.5, y - 3.5, 7, 7);
    pen.setColor(color);
    pen.setStroke(new BasicStroke(1.5f));
    if (filled) {
      pen.fill(dot);
    } else {
      pen.draw(dot);
    }
  }

  /** From 0 for 1e-5 and less to 1 for 1. */
  private static double logarithmic(double p) {
    return Math.max(0, 1 + Math.log10(Math.max(p, 1e-30)) / DECADES);
  }

  private void grid(int left, double at, String label) {
    double x = left + SIDE * at;
    double y = TOP + SIDE * (1 - at);
    pen.setStroke(new BasicStroke(1));
    pen.setColor(GRID);
    pen.draw(new Line2D.Double(x, TOP, x, TOP + SIDE));
    pen.draw(new Line2D.Double(left, y, left + SIDE, y));
    pen.setColor(INK);
    int wide = pen.getFontMetrics().stringWidth(label);
    pen.drawString(label, (float) (x - wide / 2.0), TOP + SIDE + 14f);
    pen.drawString(label, left - 4f - wide, (float) y + 4);
  }

  private void title(int left, String x, String y) {
    pen.setColor(INK);
    int wide = pen.getFontMetrics().stringWidth(x);
    pen.drawString(x, (float) (left + (SIDE - wide) / 2.0), TOP + SIDE + 32f);
    pen.drawString(y, left, TOP - 10f);
  }
}
