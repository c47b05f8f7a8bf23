package org.perdita.lab.detection;

import java.util.Arrays;

/**
 * Which object an anchor answers for: the one it overlaps most, if by {@code positive} or more;
 * below {@code negative} an anchor is background; between the two, or where it lies in a crowd, it
 * is ignored. With {@code everyObject}, an object's best anchors answer for it however small the
 * overlap, as in torchvision.
 *
 * @param positive IoU from which an anchor has an object; 0.5 in RetinaNet
 * @param negative IoU below which it has none; 0.4 in RetinaNet
 * @param everyObject whether no object is left without an anchor
 */
public record Matcher(double positive, double negative, boolean everyObject) {
  /** The anchor has no object. */
  public static final int NONE = -1;

  /** The anchor is neither background nor an object's. */
  public static final int IGNORED = -2;

  private static final double IN_CROWD = 0.5;

  /** 0.5, 0.4, and every object. */
  public static Matcher retinaNet() {
    return new Matcher(0.5, 0.4, true);
  }

  /**
   * The object of each anchor.
   *
   * @param boxes x1, y1, x2, y2 of each object
   * @param crowd whether an object is a crowd, which is nobody's
   * @return an object's index, {@link #NONE} or {@link #IGNORED} for each anchor
   */
  public int[] match(Anchors anchors, float[] boxes, boolean... crowd) {
    int n = anchors.count();
    float[] best = new float[n];
    int[] of = new int[n];
    float[] overlap = new float[n];
    Arrays.fill(of, NONE);
    float[] most = new float[crowd.length];
    for (int object = 0; object < crowd.length; object++) {
      if (!crowd[object]) {
        iou(anchors, boxes, object, overlap);
        most[object] = keep(overlap, object, best, of);
      }
    }
    for (int i = 0; i < n; i++) {
      if (best[i] < negative) {
        of[i] = NONE;
      } else if (best[i] < positive) {
        of[i] = IGNORED;
      }
    }
    for (int object = 0; object < crowd.length; object++) {
      if (crowd[object]) {
        ignoreInside(anchors, boxes, object, of);
      } else if (everyObject && most[object] > 0 && most[object] < positive) {
        iou(anchors, boxes, object, overlap);
        for (int i = 0; i < n; i++) {
          of[i] = overlap[i] == most[object] ? object : of[i];
        }
      }
    }
    return of;
  }

  /** Takes over where the object is the anchor's best so far; the object's own best overlap. */
  private static float keep(float[] overlap, int object, float[] best, int[] of) {
    float most = 0;
    for (int i = 0; i < overlap.length; i++) {
      float o = overlap[i];
      if (o > best[i]) {
        best[i] = o;
        of[i] = object;
      }
      if (o > most) {
        most = o;
      }
    }
    return most;
  }

  private static void iou(Anchors anchors, float[] boxes, int object, float[] overlap) {
    intersect(anchors, boxes, object, overlap);
    float w = boxes[4 * object + 2] - boxes[4 * object];
    float h = boxes[4 * object + 3] - boxes[4 * object + 1];
    divide(anchors.area, w * h, overlap, overlap.length);
  }

  private static void intersect(Anchors anchors, float[] boxes, int object, float[] out) {
    Arrays.fill(out, 1);
    for (int axis = 0; axis < 2; axis++) {
      float low = boxes[4 * object + axis];
      float high = boxes[4 * object + axis + 2];
      share(anchors.side[axis], anchors.side[axis + 2], low, high, out, out.length);
    }
  }

  /** out ·= the length that the intervals from low to high share with that from a to b. */
  private static void share(float[] low, float[] high, float a, float b, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] *= Math.max(Math.min(high[i], b) - Math.max(low[i], a), 0);
    }
  }

  private static void divide(float[] areas, float area, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = out[i] / (areas[i] + area - out[i]);
    }
  }

  /** A background anchor that lies mostly in a crowd is ignored. */
  private static void ignoreInside(Anchors anchors, float[] boxes, int object, int[] of) {
    float[] shared = new float[of.length];
    intersect(anchors, boxes, object, shared);
    for (int i = 0; i < of.length; i++) {
      if (of[i] == NONE && shared[i] > IN_CROWD * anchors.area[i]) {
        of[i] = IGNORED;
      }
    }
  }
}
