package org.perdita.lab.detection;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Pixels that a name is high. */
  private static final int NAME = 12;

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
      draw(
          own,
          found.stream().filter(f -> f.image() == scene.id() && f.score() >= least).toList(),
          classes,
          by);
      own.dispose();
    }
    g.dispose();
    return sheet;
  }

  /** Draws on {@code image} what was found in it. */
  static void draw(BufferedImage image, List<Found> found, List<String> classes) {
    Graphics2D g = image.createGraphics();
    draw(g, found, classes, 1);
    g.dispose();
  }

  /** The surest on top; a name that would cover a surer one's is left out. */
  private static void draw(Graphics2D g, List<Found> found, List<String> classes, double by) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setStroke(new BasicStroke(2));
    g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 10));
    List<Found> sorted = found.stream().sorted(Comparator.comparingDouble(Found::score)).toList();
    for (Found f : sorted) {
      g.setColor(colour(f));
      g.draw(new Rectangle2D.Double(by * f.x(), by * f.y(), by * f.width(), by * f.height()));
    }
    List<Rectangle2D> names = new ArrayList<>();
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Found f = sorted.get(i);
      String text = String.format(Locale.ROOT, "%s %.2f", classes.get(f.category() - 1), f.score());
      int width = g.getFontMetrics().stringWidth(text) + 4;
      int left = (int) (by * f.x());
      int top = (int) Math.max(0, by * f.y() - NAME);
      Rectangle2D name = new Rectangle2D.Double(left, top, width, NAME);
      if (names.stream().noneMatch(name::intersects)) {
        names.add(name);
        g.setColor(colour(f));
        g.fill(name);
        g.setColor(Color.BLACK);
        g.drawString(text, left + 2, top + NAME - 2);
      }
    }
  }

  private static Color colour(Found f) {
    return new Color(COLOURS[(f.category() - 1) % COLOURS.length]);
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
