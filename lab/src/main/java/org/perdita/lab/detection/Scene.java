package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.List;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.detection.Boxes;
import org.perdita.lab.coco.Truth;

/** An image as a detector sees it: square, with what is in it. Nobody changes its arrays. */
final class Scene {
  private final int id;
  private final int side;
  private final byte[] pixels;
  private final float[] boxes;
  private final int[] classes;
  private final boolean[] crowd;
  private final double scale;
  private final List<Truth> truth;

  /**
   * @param id of the image
   * @param side pixels
   * @param pixels planes of red, green, blue; a byte each
   * @param boxes x1, y1, x2, y2 of each object, one after the other, in this image's pixels
   * @param classes of each object, an index from 0
   * @param crowd whether an object is a crowd
   * @param scale this image's pixels for one of the original's
   * @param truth the objects in the original's pixels, for evaluation; category is class + 1
   */
  Scene(
      int id,
      int side,
      byte[] pixels,
      float[] boxes,
      int[] classes,
      boolean[] crowd,
      double scale,
      List<Truth> truth) {
    this.id = id;
    this.side = side;
    this.pixels = pixels;
    this.boxes = boxes;
    this.classes = classes;
    this.crowd = crowd;
    this.scale = scale;
    this.truth = List.copyOf(truth);
  }

  int id() {
    return id;
  }

  int side() {
    return side;
  }

  byte[] pixels() {
    return pixels;
  }

  float[] boxes() {
    return boxes;
  }

  int[] classes() {
    return classes;
  }

  boolean[] crowd() {
    return crowd;
  }

  double scale() {
    return scale;
  }

  List<Truth> truth() {
    return truth;
  }

  /** What there is to match anchors to. */
  Assignment.Objects objects() {
    List<Boolean> crowds = new ArrayList<>();
    for (boolean each : crowd) {
      crowds.add(each);
    }
    return new Assignment.Objects(
        Boxes.ofCorners(Tensor.of(boxes, classes.length, 4)),
        Labels.of(classes, classes.length),
        crowds);
  }

  /** The same, left and right exchanged, for training only: what is known for evaluation is not. */
  Scene mirrored() {
    byte[] other = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      other[i] = pixels[i - i % side + side - 1 - i % side];
    }
    float[] turned = boxes.clone();
    for (int i = 0; i < boxes.length; i += 4) {
      turned[i] = side - boxes[i + 2];
      turned[i + 2] = side - boxes[i];
    }
    return new Scene(id, side, other, turned, classes, crowd, scale, List.of());
  }
}
