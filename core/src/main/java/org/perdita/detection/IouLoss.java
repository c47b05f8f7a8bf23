package org.perdita.detection;

import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.BoxRows;
import org.perdita.internal.Check;

/**
 * One minus the overlap of a predicted box with its target, as IoU, GIoU, DIoU or CIoU: a box is
 * judged as a whole and at its own scale, not side by side in pixels.
 *
 * <pre>
 * IoU:   1 − I / U
 * GIoU:  1 − I / U + (C − U) / C
 * DIoU:  1 − I / U + ρ² / c²
 * CIoU:  1 − I / U + ρ² / c² + α v,   v = 4/π² (atan w_t/h_t − atan w/h)²,   α = v / (1 − I / U + v)
 * </pre>
 *
 * <p>with I the intersection, U the union, C the area and c the diagonal of the smallest box around
 * both, ρ the distance of the centres. α is a constant to the gradient, as in the paper and in
 * torchvision.
 *
 * <p>Shapes: predictions and targets {@code [n, 4]} of corners x1, y1, x2, y2; {@link Boxes} brings
 * other formats to it. A unit is a box.
 *
 * <p>Range: IoU in [0, 1], GIoU and DIoU in [0, 2], CIoU in [0, 3]. The gradient grows like one
 * over the boxes' size.
 *
 * <p>Limits: every finite box has a finite value and gradient. Boxes that do not overlap strictly
 * have IoU 0 and, by that term, no slope. Without area on both sides I / U is 0; the terms over C
 * or c² are 0 where the two boxes are one point; atan 0/0 is 0, where torchvision's CIoU is NaN. A
 * predicted box with x2 &lt; x1 is empty: its loss is 1 or more, never the 0 that torchvision's
 * GIoU gives it; decode boxes with {@link BoxCoder}, which never inverts one.
 *
 * <p>Accuracy: computed in double from the floats given.
 *
 * <p>Refuses: targets that are inverted or not finite, ε that is negative or not finite.
 *
 * <p>torchvision adds ε = 1e-7 to U, C and c² in whatever unit the boxes are: in a unit square, a
 * perfect box of side 0.001 then costs 0.09. Here ε is 0; {@link #withEpsilon} has theirs.
 *
 * {@snippet :
 * var predicted = Tensor.of(corners, boxes, 4);
 * Evaluation e = IouLoss.generalized().evaluate(Batch.of(predicted, target), Reduction.mean());
 * }
 *
 * @param kind which overlap
 * @param epsilon what is added to each denominator
 * @see <a href="https://arxiv.org/abs/1902.09630">Rezatofighi et al.: Generalized Intersection over
 *     Union, CVPR 2019</a>
 * @see <a href="https://arxiv.org/abs/1911.08287">Zheng et al.: Distance-IoU Loss, AAAI 2020,
 *     equations 6 to 12</a>
 */
public record IouLoss(Kind kind, double epsilon) implements Loss {
  private static final int SIDES = 4;

  /** Which overlap is taken from one. */
  public enum Kind {
    /** Intersection over union. */
    IOU,
    /** With the share of the hull that neither covers. */
    GENERALIZED,
    /** With the distance of the centres. */
    DISTANCE,
    /** With the distance of the centres and of the aspect ratios. */
    COMPLETE
  }

  public IouLoss {
    Check.that(epsilon >= 0 && epsilon < 1e30, "IouLoss", "epsilon", epsilon, "in [0, 1e30)");
  }

  /** 1 − IoU. */
  public static IouLoss iou() {
    return new IouLoss(Kind.IOU, 0);
  }

  /** GIoU. */
  public static IouLoss generalized() {
    return new IouLoss(Kind.GENERALIZED, 0);
  }

  /** DIoU. */
  public static IouLoss distance() {
    return new IouLoss(Kind.DISTANCE, 0);
  }

  /** CIoU. */
  public static IouLoss complete() {
    return new IouLoss(Kind.COMPLETE, 0);
  }

  /** The same with another ε; torchvision's is 1e-7. */
  public IouLoss withEpsilon(double epsilon) {
    return new IouLoss(kind, epsilon);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return BoxRows.evaluate(this, new Kernel(kind, epsilon), batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return BoxRows.evaluate(this, new Kernel(kind, epsilon), batch, reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return BoxRows.values(this, new Kernel(kind, epsilon), batch);
  }

  /** One pair of boxes. */
  private record Kernel(Kind kind, double epsilon) implements BoxRows.Kernel {
    private static final double SCALE = 4 / (Math.PI * Math.PI);

    @Override
    public @Nullable String refused(double[] b) {
      return b[0] <= b[2] && b[1] <= b[3] ? null : "a box with x1 <= x2 and y1 <= y2";
    }

    @Override
    public double evaluate(int row, double[] a, double[] b, double[] g) {
      Overlap o = new Overlap().measure(a, b);
      double iou = o.iou(epsilon);
      for (int k = 0; k < SIDES; k++) {
        g[k] = -o.ofIou(k, epsilon);
      }
      double nothing = 0 * (a[0] + a[1] + a[2] + a[3]); // not a number, where a corner is not
      return nothing
          + 1
          - iou
          + switch (kind) {
            case IOU -> 0;
            case GENERALIZED -> emptiness(o, new Hull(a, b), g);
            case DISTANCE -> distance(a, b, new Hull(a, b), g);
            case COMPLETE -> distance(a, b, new Hull(a, b), g) + aspect(a, b, iou, g);
          };
    }

    /** (C − U) / C. */
    private double emptiness(Overlap o, Hull hull, double[] g) {
      double area = hull.size[0] * hull.size[1];
      double c = area + epsilon;
      if (!(c > 0)) {
        return 0;
      }
      double share = (area - o.union) / c;
      for (int k = 0; k < SIDES; k++) {
        double slope = hull.slope[k] * hull.size[1 - k % 2];
        g[k] += (slope * (1 - share) - o.ofUnion[k]) / c;
      }
      return share;
    }

    /** ρ² / c². */
    private double distance(double[] a, double[] b, Hull hull, double[] g) {
      double w = hull.size[0];
      double h = hull.size[1];
      double diagonal = w * w + h * h + epsilon;
      if (!(diagonal > 0)) {
        return 0;
      }
      double dx = (a[0] + a[2] - b[0] - b[2]) / 2;
      double dy = (a[1] + a[3] - b[1] - b[3]) / 2;
      double share = (dx * dx + dy * dy) / diagonal;
      for (int k = 0; k < SIDES; k++) {
        double slope = 2 * hull.slope[k] * hull.size[k % 2];
        g[k] += ((k % 2 == 0 ? dx : dy) - share * slope) / diagonal;
      }
      return share;
    }

    /** α v. */
    private double aspect(double[] a, double[] b, double iou, double[] g) {
      double w = Math.max(0, a[2] - a[0]);
      double h = Math.max(0, a[3] - a[1]);
      double apart = Math.atan2(b[2] - b[0], b[3] - b[1]) - Math.atan2(w, h);
      double v = SCALE * apart * apart;
      double denominator = 1 - iou + v + epsilon;
      double square = w * w + h * h;
      if (!(denominator > 0)) {
        return 0;
      }
      double alpha = v / denominator;
      if (square > 0) {
        double perAngle = -2 * alpha * SCALE * apart;
        double ofWidth = a[2] < a[0] ? 0 : perAngle * h / square;
        double ofHeight = a[3] < a[1] ? 0 : -perAngle * w / square;
        g[0] -= ofWidth;
        g[1] -= ofHeight;
        g[2] += ofWidth;
        g[3] += ofHeight;
      }
      return alpha * v;
    }
  }

  /** The smallest box around two; of an inverted one, around both its corners. */
  private static final class Hull {
    final double[] size = new double[2];

    /** d size / d corner of the first, along the corner's own axis. */
    final double[] slope = new double[SIDES];

    Hull(double[] a, double[] b) {
      for (int axis = 0; axis < 2; axis++) {
        boolean inverted = a[axis + 2] < a[axis];
        int low = inverted ? axis + 2 : axis;
        int high = inverted ? axis : axis + 2;
        size[axis] = Math.max(a[high], b[axis + 2]) - Math.min(a[low], b[axis]);
        slope[low] = -Overlap.share(b[axis] - a[low]);
        slope[high] = Overlap.share(a[high] - b[axis + 2]);
      }
    }
  }
}
