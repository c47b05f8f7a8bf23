package org.perdita.detection;

/**
 * Two boxes, and how what they share moves with the corners of the first. A box is x1, y1, x2, y2.
 *
 * <p>A first box that is inverted along an axis counts as empty: its length there is 0 and it
 * shares nothing. Where two sides coincide, each has half the slope of their minimum or maximum, as
 * in the engines.
 */
final class Overlap {
  private static final int SIDES = 4;

  /** The area both cover. */
  double intersection;

  /** The area either covers. */
  double union;

  /** d intersection / d corner of the first. */
  final double[] ofIntersection = new double[SIDES];

  /** d union / d corner of the first. */
  final double[] ofUnion = new double[SIDES];

  /** Sets all of the above. */
  Overlap measure(double[] a, double[] b) {
    double w = sharedAlong(0, a, b);
    double h = sharedAlong(1, a, b);
    intersection = w * h;
    for (int k = 0; k < SIDES; k++) {
      ofIntersection[k] *= k % 2 == 0 ? h : w;
    }
    double ownW = Math.max(0, a[2] - a[0]);
    double ownH = Math.max(0, a[3] - a[1]);
    union = ownW * ownH + (b[2] - b[0]) * (b[3] - b[1]) - intersection;
    ofUnion[0] = (a[2] < a[0] ? 0 : -ownH) - ofIntersection[0];
    ofUnion[1] = (a[3] < a[1] ? 0 : -ownW) - ofIntersection[1];
    ofUnion[2] = (a[2] < a[0] ? 0 : ownH) - ofIntersection[2];
    ofUnion[3] = (a[3] < a[1] ? 0 : ownW) - ofIntersection[3];
    return this;
  }

  /** The length both cover along an axis; its slopes are left in {@code ofIntersection}. */
  private double sharedAlong(int axis, double[] a, double[] b) {
    int low = axis;
    int high = axis + 2;
    double length = Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
    boolean some = length > 0;
    ofIntersection[low] = some ? -share(a[low] - b[low]) : 0;
    ofIntersection[high] = some ? share(b[high] - a[high]) : 0;
    return some ? length : 0;
  }

  /** How much of the greater of two numbers the first is: 1, ½ where they are equal, or 0. */
  static double share(double ahead) {
    return ahead > 0 ? 1 : ahead == 0 ? 0.5 : 0;
  }

  /** Intersection over union; 0 where neither box has an area. */
  double iou(double epsilon) {
    return union + epsilon > 0 ? intersection / (union + epsilon) : 0;
  }

  /** d {@link #iou} / d corner {@code k} of the first. */
  double ofIou(int k, double epsilon) {
    double u = union + epsilon;
    return u > 0 ? (ofIntersection[k] - intersection / u * ofUnion[k]) / u : 0;
  }
}
