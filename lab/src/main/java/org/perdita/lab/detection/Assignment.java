package org.perdita.lab.detection;

import java.util.Arrays;
import java.util.List;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.detection.BoxCoder;
import org.perdita.detection.Boxes;

/** What each anchor of a batch of scenes should say. Nobody changes its arrays. */
public final class Assignment {
  private final int classes;
  private final int[] labels;
  private final float[] counts;
  private final int[] positives;
  private final Boxes anchors;
  private final Boxes boxes;

  private Assignment(
      int classes, int[] labels, float[] counts, int[] positives, Boxes anchors, Boxes boxes) {
    this.classes = classes;
    this.labels = labels;
    this.counts = counts;
    this.positives = positives;
    this.anchors = anchors;
    this.boxes = boxes;
  }

  /** How many there are. */
  public int classes() {
    return classes;
  }

  /** The class of each anchor; {@link #classes} for background. */
  public int[] labels() {
    return labels;
  }

  /** 0 where an anchor is ignored, else 1. */
  public float[] counts() {
    return counts;
  }

  /** Which anchors have an object, counted through the batch. */
  public int[] positives() {
    return positives;
  }

  /**
   * What is in one image.
   *
   * @param boxes x1, y1, x2, y2 of each object, in the pixels of the anchors
   * @param classes of each object
   * @param crowd whether an object is a crowd
   */
  public record Objects(Boxes boxes, Labels classes, List<Boolean> crowd) {}

  /** Matches the anchors of each image. */
  public static Assignment of(Matcher matcher, Anchors anchors, int classes, List<Objects> images) {
    int each = anchors.count();
    int[] labels = new int[images.size() * each];
    float[] counts = new float[labels.length];
    int[] positives = new int[labels.length];
    int[] own = new int[labels.length];
    float[] corners = new float[4 * labels.length];
    int found = 0;
    for (int image = 0; image < images.size(); image++) {
      Objects objects = images.get(image);
      float[] boxes = objects.boxes().corners().toArray();
      boolean[] crowd = new boolean[objects.crowd().size()];
      for (int i = 0; i < crowd.length; i++) {
        crowd[i] = objects.crowd().get(i);
      }
      int[] object = matcher.match(anchors, boxes, crowd);
      for (int i = 0; i < each; i++) {
        int at = image * each + i;
        counts[at] = object[i] == Matcher.IGNORED ? 0 : 1;
        labels[at] = object[i] >= 0 ? objects.classes().get(object[i]) : classes;
        if (object[i] >= 0) {
          System.arraycopy(boxes, 4 * object[i], corners, 4 * found, 4);
          own[found] = i;
          positives[found++] = at;
        }
      }
    }
    Tensor boxes = Tensor.of(Arrays.copyOf(corners, 4 * found), found, 4);
    return new Assignment(
        classes,
        labels,
        counts,
        Arrays.copyOf(positives, found),
        anchors.at(Arrays.copyOf(own, found)),
        Boxes.ofCorners(boxes));
  }

  /** One label an anchor. */
  public Labels target() {
    return Labels.of(labels);
  }

  /** One weight an anchor. */
  public Tensor weights() {
    return Tensor.of(counts, counts.length);
  }

  /** What the offsets of the positives should be. */
  public Tensor offsets(BoxCoder coder) {
    return coder.encode(anchors, boxes);
  }

  /**
   * For each anchor, how much the box its offsets decode to overlaps its object's; 0 without one.
   */
  public Tensor overlaps(BoxCoder coder, Tensor offsetsOfPositives) {
    float[] all = new float[labels.length];
    Tensor iou = coder.decode(anchors, offsetsOfPositives).alignedIou(boxes);
    for (int i = 0; i < positives.length; i++) {
      all[positives[i]] = iou.get(i);
    }
    return Tensor.of(all, all.length);
  }

  /** Those of the positives alone. */
  public Tensor ofPositives(Tensor all) {
    float[] some = new float[positives.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = all.get(positives[i]);
    }
    return Tensor.of(some, some.length);
  }
}
