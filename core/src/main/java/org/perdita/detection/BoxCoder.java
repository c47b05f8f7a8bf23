package org.perdita.detection;

import java.nio.FloatBuffer;
import java.util.List;
import org.perdita.Tensor;
import org.perdita.internal.BoxRows;
import org.perdita.internal.Check;

/**
 * Boxes as offsets from anchors, which is what a detector's box head predicts:
 *
 * <pre>
 * d = ((x − x_a) / w_a,  (y − y_a) / h_a,  log(w / w_a),  log(h / h_a)),   δ = (d − mean) / deviation
 * </pre>
 *
 * <p>with x, y the centres. Decoding limits |log(w / w_a)| to {@code reach}, so that no offset
 * makes a box infinite or inverted.
 *
 * @param means of the four offsets; 0 in RetinaNet
 * @param deviations of the four offsets; 1 in RetinaNet, (0.1, 0.1, 0.2, 0.2) in Faster R-CNN
 * @param reach the greatest |log(w / w_a)| decoded; log(1000 / 16) in Detectron and mmdetection
 * @see <a href="https://arxiv.org/abs/1311.2524">Girshick, Donahue, Darrell, Malik: Rich Feature
 *     Hierarchies, CVPR 2014, appendix C</a>
 */
public record BoxCoder(List<Double> means, List<Double> deviations, double reach) {
  private static final int SIDES = 4;

  public BoxCoder {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    Check.that(
        means.size() == SIDES && means.stream().allMatch(Double::isFinite),
        "BoxCoder",
        "means",
        means,
        "four finite numbers");
    Check.that(
        deviations.size() == SIDES && deviations.stream().allMatch(d -> d > 0 && d < 1e30),
        "BoxCoder",
        "deviations",
        deviations,
        "four numbers in (0, 1e30)");
    Check.that(reach > 0 && reach <= 80, "BoxCoder", "reach", reach, "in (0, 80]");
  }

  /** Means 0, deviations 1, reach log(1000 / 16). */
  public static BoxCoder retinaNet() {
    return of(List.of(0.0, 0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0, 1.0));
  }

  /** With reach log(1000 / 16). */
  public static BoxCoder of(List<Double> means, List<Double> deviations) {
    return new BoxCoder(means, deviations, Math.log(1000.0 / 16));
  }

  /**
   * The offsets {@code [n, 4]} of {@code boxes} from their anchors.
   *
   * @throws IllegalArgumentException if the numbers differ, or a box or an anchor has no area
   */
  public Tensor encode(Boxes anchors, Boxes boxes) {
    Check.that(
        anchors.count() == boxes.count(),
        this,
        "count of anchors",
        anchors.count(),
        "" + boxes.count());
    float[] offsets = new float[boxes.count() * SIDES];
    double[] a = new double[SIDES];
    double[] b = new double[SIDES];
    for (int i = 0; i < boxes.count(); i++) {
      anchors.read(i, a);
      boxes.read(i, b);
      for (int axis = 0; axis < 2; axis++) {
        double from = a[axis + 2] - a[axis];
        double size = b[axis + 2] - b[axis];
        Check.that(from > 0, this, "the size of anchor " + i, from, "above 0");
        Check.that(size > 0, this, "the size of box " + i, size, "above 0");
        double shift = (b[axis] + b[axis + 2] - a[axis] - a[axis + 2]) / 2 / from;
        double growth = Math.log(size / from);
        offsets[i * SIDES + axis] = normal(axis, shift);
        offsets[i * SIDES + axis + 2] = normal(axis + 2, growth);
      }
    }
    return Tensor.of(offsets, boxes.count(), SIDES);
  }

  private float normal(int k, double d) {
    return BoxRows.saturated((d - means.get(k)) / deviations.get(k));
  }

  /** The boxes that {@code offsets [n, 4]} stand for. */
  public Boxes decode(Boxes anchors, Tensor offsets) {
    Check.shape(this, "offsets", offsets.shape(), "anchors", anchors.count(), SIDES);
    FloatBuffer in = offsets.buffer();
    float[] corners = new float[anchors.count() * SIDES];
    double[] a = new double[SIDES];
    double[] d = new double[SIDES];
    double[] box = new double[SIDES];
    for (int i = 0; i < anchors.count(); i++) {
      anchors.read(i, a);
      for (int k = 0; k < SIDES; k++) {
        d[k] = in.get(i * SIDES + k);
      }
      decode(a, d, box);
      for (int k = 0; k < SIDES; k++) {
        corners[i * SIDES + k] = BoxRows.saturated(box[k]);
      }
    }
    return Boxes.ofCorners(Tensor.of(corners, anchors.count(), SIDES));
  }

  /** One box's corners from its anchor's and its offsets. */
  void decode(double[] anchor, double[] offset, double[] box) {
    for (int axis = 0; axis < 2; axis++) {
      double from = anchor[axis + 2] - anchor[axis];
      double center = (anchor[axis] + anchor[axis + 2]) / 2 + from * denormal(axis, offset);
      double half = from * Math.exp(growth(axis, offset)) / 2;
      box[axis] = center - half;
      box[axis + 2] = center + half;
    }
  }

  /** Turns d value / d corner into d value / d offset. */
  void chain(double[] anchor, double[] offset, double[] ofCorners, double[] ofOffsets) {
    for (int axis = 0; axis < 2; axis++) {
      double from = anchor[axis + 2] - anchor[axis];
      double half = from * Math.exp(growth(axis, offset)) / 2;
      double low = ofCorners[axis];
      double high = ofCorners[axis + 2];
      boolean free = Math.abs(denormal(axis + 2, offset)) <= reach;
      ofOffsets[axis] = (low + high) * from * deviations.get(axis);
      ofOffsets[axis + 2] = free ? (high - low) * half * deviations.get(axis + 2) : 0;
    }
  }

  private double denormal(int k, double[] offset) {
    return offset[k] * deviations.get(k) + means.get(k);
  }

  private double growth(int axis, double[] offset) {
    return Math.max(-reach, Math.min(denormal(axis + 2, offset), reach));
  }
}
