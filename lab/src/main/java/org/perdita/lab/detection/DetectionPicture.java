package org.perdita.lab.detection;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.perdita.lab.coco.Found;
import org.perdita.lab.coco.Truth;

/** Detections drawn on images: a box in its class's colour, with name and score. */
final class DetectionPicture {
  /** Okabe and Ito's colours, which everybody can tell apart. */
  private static final int[] COLOURS = {
    0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7
  };

  private static final int SCENE = 220;
  private static final int COLUMNS = 4;

  private DetectionPicture() {}

  /** Scenes in rows; what is there is drawn dashed and white. */
  static BufferedImage sheet(
      List<Scene> scenes, List<Found> found, List<String> classes, double least) {
    int rows = (scenes.size() + COLUMNS - 1) / COLUMNS;
    int columns = Math.min(COLUMNS, scenes.size());
    BufferedImage sheet =
        new BufferedImage(columns * SCENE, rows * SCENE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    for (int i = 0; i < scenes.size(); i++) {
      Scene scene = scenes.get(i);
      Graphics2D own =
          (Graphics2D) g.create(i % COLUMNS * SCENE, i / COLUMNS * SCENE, SCENE - 2, SCENE - 2);
      own.drawImage(image(scene), 0, 0, SCENE, SCENE, null);
      double by = scene.scale() * SCENE / scene.side();
      own.setStroke(
          new BasicStroke(
              1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 3}, 0));
      own.setColor(Color.WHITE);
      for (Truth t : scene.truth()) {
        own.draw(new Rectangle2D.Double(by * t.x(), by * t.y(), by * t.width(), by * t.height()));
      }
      found.stream()
          .filter(f -> f.image() == scene.id() && f.score() >= least)
          .forEach(f -> draw(own, f, classes, by));
      own.dispose();
    }
    g.dispose();
    return sheet;
  }

  /** Draws on {@code image} what was found in it. */
  static void draw(BufferedImage image, List<Found> found, List<String> classes) {
    Graphics2D g = image.createGraphics();
    found.forEach(f -> draw(g, f, classes, 1));
    g.dispose();
  }

  private static void draw(Graphics2D g, Found f, List<String> classes, double by) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setStroke(new BasicStroke(2));
    g.setColor(new Color(COLOURS[(f.category() - 1) % COLOURS.length]));
    double x = by * f.x();
    double y = by * f.y();
    g.draw(new Rectangle2D.Double(x, y, by * f.width(), by * f.height()));
    String text = String.format(Locale.ROOT, "%s %.2f", classes.get(f.category() - 1), f.score());
    g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 10));
    int width = g.getFontMetrics().stringWidth(text) + 4;
    int top = (int) Math.max(0, y - 12);
    g.fillRect((int) x, top, width, 12);
    g.setColor(Color.BLACK);
    g.drawString(text, (int) x + 2, top + 10);
  }

  private static BufferedImage image(Scene scene) {
    int side = scene.side();
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    byte[] p = scene.pixels();
    int area = side * side;
    for (int i = 0; i < area; i++) {
      int rgb = (p[i] & 255) << 16 | (p[area + i] & 255) << 8 | (p[2 * area + i] & 255);
      image.setRGB(i % side, i / side, rgb);
    }
    return image;
  }
}
