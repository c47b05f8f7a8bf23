package org.perdita.detection;

import java.nio.FloatBuffer;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Boxes with sides along the axes. How four numbers are to be read is said where they come in and
 * where they go out; a {@code Boxes} itself cannot be misread:
 *
 * <ul>
 *   <li>{@link #ofCorners}: x1, y1, x2, y2; width x2 − x1 (torchvision, fvcore)
 *   <li>{@link #ofInclusiveCorners}: the same, where x2 and y2 name the last pixel inside; width x2
 *       − x1 + 1 (Detectron, early mmdetection)
 *   <li>{@link #ofCornerAndSize}: x1, y1, width, height (COCO)
 *   <li>{@link #ofCenterAndSize}: centre, width, height (YOLO, and box offsets)
 * </ul>
 *
 * <p>Inverted boxes and numbers that are not finite are refused: libraries that take them call a
 * box with x2 &lt; x1 a perfect prediction. A box without area is a box: it overlaps nothing, so
 * that its IoU is 0 with every box, itself included.
 *
 * {@snippet :
 * Boxes found = Boxes.ofCorners(Tensor.of(corners, n, 4));
 * Boxes truth = Boxes.ofCornerAndSize(Tensor.of(annotations, m, 4));
 * Tensor iou = found.iou(truth);          // [n, m]
 * }
 */
public final class Boxes {
  private static final int SIDES = 4;

  private final int count;

  /** x1, y1, x2, y2 of each. */
  private final float[] corners;

  private Boxes(int count, float... corners) {
    this.count = count;
    this.corners = corners;
  }

  /** Boxes {@code [n, 4]} of x1, y1, x2, y2. */
  public static Boxes ofCorners(Tensor boxes) {
    return read(boxes, "corners", "x1 <= x2 and y1 <= y2", (in, out) -> copy(in, out));
  }

  /** Boxes {@code [n, 4]} of x1, y1, x2, y2, where the pixels x2 and y2 are inside. */
  public static Boxes ofInclusiveCorners(Tensor boxes) {
    return read(
        boxes,
        "inclusive corners",
        "x1 <= x2 + 1 and y1 <= y2 + 1",
        (in, out) -> {
          copy(in, out);
          out[2] = in[2] + 1;
          out[3] = in[3] + 1;
        });
  }

  /** Boxes {@code [n, 4]} of x1, y1, width, height. */
  public static Boxes ofCornerAndSize(Tensor boxes) {
    return read(
        boxes,
        "corner and size",
        "sizes of 0 or more",
        (in, out) -> {
          copy(in, out);
          out[2] = in[0] + in[2];
          out[3] = in[1] + in[3];
        });
  }

  /** Boxes {@code [n, 4]} of centre x, centre y, width, height. */
  public static Boxes ofCenterAndSize(Tensor boxes) {
    return read(
        boxes,
        "center and size",
        "sizes of 0 or more",
        (in, out) -> {
          out[0] = in[0] - in[2] / 2;
          out[1] = in[1] - in[3] / 2;
          out[2] = in[0] + in[2] / 2;
          out[3] = in[1] + in[3] / 2;
        });
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** {@code [n, 4]}: x1, y1, x2, y2. */
  public Tensor corners() {
    return Tensor.of(corners.clone(), count, SIDES);
  }

  /** {@code [n, 4]}: x1, y1 and the last pixels inside, x2 − 1 and y2 − 1. */
  public Tensor inclusiveCorners() {
    float[] out = corners.clone();
    for (int i = 0; i < count; i++) {
      out[i * SIDES + 2] -= 1;
      out[i * SIDES + 3] -= 1;
    }
    return Tensor.of(out, count, SIDES);
  }

  /** {@code [n, 4]}: x1, y1, width, height. */
  public Tensor cornerAndSize() {
    float[] out = corners.clone();
    for (int i = 0; i < out.length; i += SIDES) {
      out[i + 2] = corners[i + 2] - corners[i];
      out[i + 3] = corners[i + 3] - corners[i + 1];
    }
    return Tensor.of(out, count, SIDES);
  }

  /** {@code [n, 4]}: centre x, centre y, width, height. */
  public Tensor centerAndSize() {
    float[] out = new float[corners.length];
    for (int i = 0; i < out.length; i += SIDES) {
      out[i] = (float) ((corners[i] + (double) corners[i + 2]) / 2);
      out[i + 1] = (float) ((corners[i + 1] + (double) corners[i + 3]) / 2);
      out[i + 2] = corners[i + 2] - corners[i];
      out[i + 3] = corners[i + 3] - corners[i + 1];
    }
    return Tensor.of(out, count, SIDES);
  }

  /** {@code [n]}: width times height. */
  public Tensor areas() {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = (float) area(i);
    }
    return Tensor.of(out, count);
  }

  /** {@code [n, m]}: the intersection over the union of each with each of {@code others}. */
  public Tensor iou(Boxes others) {
    float[] out = new float[Math.multiplyExact(count, others.count)];
    for (int i = 0, at = 0; i < count; i++) {
      for (int j = 0; j < others.count; j++, at++) {
        out[at] = (float) iou(i, others, j);
      }
    }
    return Tensor.of(out, count, others.count);
  }

  /** {@code [n]}: the intersection over the union of each with its opposite number. */
  public Tensor alignedIou(Boxes others) {
    Check.that(
        count == others.count,
        "Boxes",
        "count for aligned IoU",
        others.count,
        String.valueOf(count));
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = (float) iou(i, others, i);
    }
    return Tensor.of(out, count);
  }

  private double iou(int i, Boxes others, int j) {
    float[] a = corners;
    float[] b = others.corners;
    int p = i * SIDES;
    int q = j * SIDES;
    double w = (double) Math.min(a[p + 2], b[q + 2]) - Math.max(a[p], b[q]);
    double h = (double) Math.min(a[p + 3], b[q + 3]) - Math.max(a[p + 1], b[q + 1]);
    if (!(w > 0 && h > 0)) {
      return 0;
    }
    double shared = w * h;
    return shared / (area(i) + others.area(j) - shared);
  }

  private double area(int i) {
    int p = i * SIDES;
    return ((double) corners[p + 2] - corners[p]) * ((double) corners[p + 3] - corners[p + 1]);
  }

  /** Copies box {@code i}'s corners. */
  void read(int i, double[] into) {
    for (int k = 0; k < SIDES; k++) {
      into[k] = corners[i * SIDES + k];
    }
  }

  /** {@code Boxes[12]}. */
  @Override
  public String toString() {
    return "Boxes[" + count + "]";
  }

  private interface Format {
    void toCorners(float[] in, float[] out);
  }

  private static void copy(float[] in, float[] out) {
    System.arraycopy(in, 0, out, 0, SIDES);
  }

  private static Boxes read(Tensor boxes, String what, String allowed, Format format) {
    Check.that(
        boxes.rank() == 2 && boxes.length(1) == SIDES, "Boxes", what, boxes, "of shape [n, 4]");
    int count = boxes.length(0);
    float[] corners = new float[count * SIDES];
    FloatBuffer data = boxes.buffer();
    float[] in = new float[SIDES];
    float[] out = new float[SIDES];
    for (int i = 0; i < count; i++) {
      data.get(i * SIDES, in, 0, SIDES);
      format.toCorners(in, out);
      boolean finite = true;
      for (float side : out) {
        finite &= Float.isFinite(side);
      }
      boolean upright = out[0] <= out[2] && out[1] <= out[3];
      if (!finite || !upright) {
        throw Check.refusal(
            String.format(
                "Boxes: %s [%d] must be %s, was [%s, %s, %s, %s]",
                what, i, finite ? allowed : "finite", in[0], in[1], in[2], in[3]));
      }
      System.arraycopy(out, 0, corners, i * SIDES, SIDES);
    }
    return new Boxes(count, corners);
  }
}
