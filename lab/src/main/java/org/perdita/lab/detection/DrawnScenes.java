package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.List;
import org.perdita.lab.coco.Truth;
import org.perdita.lab.data.Draw;

/**
 * Scenes drawn by the program: one to eight small discs, boxes, triangles and crosses on a ground
 * of soft colours cluttered with lines, specks and rings, which are no objects. Nearly every anchor
 * sees ground only. A box is exactly what its shape fills.
 */
final class DrawnScenes {
  static final List<String> CLASSES = List.of("disc", "box", "triangle", "cross");

  private static final int TEST_STREAM = 1 << 20;
  private static final int VALIDATION_STREAM = 1 << 21;
  private static final int MOST_OBJECTS = 8;
  private static final double MOST_OVERLAP = 0.15;

  /** Pixels. */
  private static final double SMALLEST = 9;

  private static final double LARGEST = 24;

  /** One of each clutter for so many pixels of a side. */
  private static final int LINE = 12;

  private static final int RING = 20;
  private static final int SPECK = 4;

  private DrawnScenes() {}

  /** Scenes of {@code side} pixels. */
  static SceneSet draw(int side, int train, int validation, int test, long seed) {
    return new SceneSet(
        "drawn scenes",
        CLASSES,
        side,
        scenes(side, train, 0, seed),
        scenes(side, validation, VALIDATION_STREAM, seed),
        scenes(side, test, TEST_STREAM, seed));
  }

  private static List<Scene> scenes(int side, int count, int first, long seed) {
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scenes.add(scene(side, first + i, Draw.of(seed, first + i)));
    }
    return scenes;
  }

  private static Scene scene(int side, int id, Draw draw) {
    Canvas canvas = new Canvas(side);
    canvas.ground(draw);
    for (int i = 0; i < side / LINE; i++) {
      canvas.line(draw);
    }
    for (int i = 0; i < side / RING; i++) {
      canvas.ring(draw);
    }
    for (int i = 0; i < side / SPECK; i++) {
      canvas.speck(draw);
    }
    int wanted = 1 + draw.below(MOST_OBJECTS);
    List<double[]> boxes = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    for (int attempt = 0; attempt < 40 && boxes.size() < wanted; attempt++) {
      double w = draw.uniform(SMALLEST, LARGEST);
      double h = w * draw.uniform(0.7, 1.4);
      double x = draw.uniform(0, side - w);
      double y = draw.uniform(0, side - h);
      double[] box = {x, y, x + w, y + h};
      if (boxes.stream().allMatch(other -> overlap(box, other) < MOST_OVERLAP)) {
        int kind = draw.below(CLASSES.size());
        canvas.shape(kind, box, draw);
        boxes.add(box);
        classes.add(kind);
      }
    }
    return scene(id, side, canvas.pixels(), boxes, classes);
  }

  private static Scene scene(
      int id, int side, byte[] pixels, List<double[]> boxes, List<Integer> classes) {
    int n = boxes.size();
    float[] corners = new float[4 * n];
    int[] labels = new int[n];
    List<Truth> truth = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] b = boxes.get(i);
      for (int k = 0; k < 4; k++) {
        corners[4 * i + k] = (float) b[k];
      }
      labels[i] = classes.get(i);
      double w = b[2] - b[0];
      double h = b[3] - b[1];
      truth.add(new Truth(id, labels[i] + 1, b[0], b[1], w, h, w * h, false));
    }
    return new Scene(id, side, pixels, corners, labels, new boolean[n], 1, truth);
  }

  /** The share of the smaller box that lies in the other. */
  private static double overlap(double[] a, double[] b) {
    double w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
    double h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
    double smaller = Math.min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]));
    return w > 0 && h > 0 ? w * h / smaller : 0;
  }
}
