package org.perdita.lab.detection;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.perdita.lab.coco.Category;
import org.perdita.lab.coco.CocoData;
import org.perdita.lab.coco.CocoFolder;
import org.perdita.lab.coco.CocoImage;
import org.perdita.lab.coco.Truth;
import org.perdita.lab.data.BadData;
import org.perdita.lab.data.PictureFile;

/** Photographs as scenes: made as large as fits into a square, the rest of which is grey. */
final class PhotoScenes {
  private static final int GREY = 0x767676;

  /** For choosing settings, one image of so many is not learnt from. */
  private static final int HELD_OUT = 5;

  private PhotoScenes() {}

  /**
   * Reads a folder in the COCO format.
   *
   * @param side pixels of the scenes
   * @param skip whether what is bad is left out
   * @param held whether every fifth of the images to learn from is for validation
   * @param leftOut takes what was, one sentence each
   * @throws BadData in one sentence, unless skipping
   */
  static SceneSet read(Path folder, int side, boolean skip, boolean held, List<String> leftOut) {
    CocoFolder coco = CocoFolder.read(folder, skip);
    leftOut.addAll(coco.train().leftOut());
    leftOut.addAll(coco.test().leftOut().stream().filter(s -> !leftOut.contains(s)).toList());
    String name = folder.toAbsolutePath().normalize().getFileName() + ", " + coco.split();
    List<Scene> train = new ArrayList<>();
    List<Scene> validation = new ArrayList<>();
    for (Scene scene : scenes(coco.train(), side, skip, leftOut)) {
      boolean out = held && (train.size() + validation.size()) % HELD_OUT == HELD_OUT - 1;
      (out ? validation : train).add(scene);
    }
    return new SceneSet(
        name,
        coco.train().categories().stream().map(Category::name).toList(),
        side,
        train,
        validation,
        scenes(coco.test(), side, skip, leftOut));
  }

  private static List<Scene> scenes(CocoData data, int side, boolean skip, List<String> leftOut) {
    Map<Integer, Integer> index = new HashMap<>();
    for (Category category : data.categories()) {
      index.put(category.id(), index.size());
    }
    List<Scene> scenes = new ArrayList<>();
    for (CocoImage image : data.images()) {
      try {
        scenes.add(scene(image, PictureFile.read(image.file()), side, index));
      } catch (BadData e) {
        String sentence = "image " + image.id() + ": " + e.getMessage();
        if (!skip) {
          throw new BadData(sentence, e);
        }
        leftOut.add(sentence);
      }
    }
    return scenes;
  }

  private static Scene scene(
      CocoImage image, BufferedImage picture, int side, Map<Integer, Integer> index) {
    double scale = scale(picture, side);
    int n = image.objects().size();
    float[] boxes = new float[4 * n];
    int[] classes = new int[n];
    boolean[] crowd = new boolean[n];
    List<Truth> truth = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Truth t = image.objects().get(i);
      classes[i] = index.getOrDefault(t.category(), 0);
      crowd[i] = t.crowd();
      boxes[4 * i] = (float) (scale * t.x());
      boxes[4 * i + 1] = (float) (scale * t.y());
      boxes[4 * i + 2] = (float) (scale * (t.x() + t.width()));
      boxes[4 * i + 3] = (float) (scale * (t.y() + t.height()));
      truth.add(
          new Truth(
              image.id(), classes[i] + 1, t.x(), t.y(), t.width(), t.height(), t.area(), crowd[i]));
    }
    return new Scene(image.id(), side, pixels(picture, side), boxes, classes, crowd, scale, truth);
  }

  /** A picture with nothing known to be in it. */
  static Scene of(BufferedImage picture, int side) {
    return new Scene(
        0,
        side,
        pixels(picture, side),
        new float[0],
        new int[0],
        new boolean[0],
        scale(picture, side),
        List.of());
  }

  private static double scale(BufferedImage picture, int side) {
    return side / (double) Math.max(picture.getWidth(), picture.getHeight());
  }

  private static byte[] pixels(BufferedImage picture, int side) {
    double scale = scale(picture, side);
    BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = square.createGraphics();
    g.setColor(new java.awt.Color(GREY));
    g.fillRect(0, 0, side, side);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    int width = Math.max(1, (int) Math.round(scale * picture.getWidth()));
    int height = Math.max(1, (int) Math.round(scale * picture.getHeight()));
    // Halved step by step: bilinear alone would leave most pixels out.
    BufferedImage at = picture;
    while (at.getWidth() >= 2 * width && at.getHeight() >= 2 * height) {
      at = halved(at);
    }
    g.drawImage(at, 0, 0, width, height, null);
    g.dispose();
    byte[] pixels = new byte[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      int rgb = square.getRGB(i % side, i / side);
      pixels[i] = (byte) (rgb >> 16);
      pixels[side * side + i] = (byte) (rgb >> 8);
      pixels[2 * side * side + i] = (byte) rgb;
    }
    return pixels;
  }

  private static BufferedImage halved(BufferedImage from) {
    int width = from.getWidth() / 2;
    int height = from.getHeight() / 2;
    BufferedImage half = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = half.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(from, 0, 0, width, height, null);
    g.dispose();
    return half;
  }
}
