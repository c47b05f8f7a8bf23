package org.perdita.detection;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.detection.IouBalancedLocalizationLoss.Balance;
import org.perdita.internal.BoxRows;
import org.perdita.internal.Check;

/** {@link IouBalancedLocalizationLoss} at given overlaps, or at those of decoded boxes. */
final class BalancedOffsets implements Loss {
  private static final int SIDES = 4;

  private final IouBalancedLocalizationLoss who;
  private final Overlaps overlaps;

  BalancedOffsets(IouBalancedLocalizationLoss who, Overlaps overlaps) {
    this.who = who;
    this.overlaps = overlaps;
  }

  /** Where the overlaps come from. */
  sealed interface Overlaps {
    /** For how many rows there are overlaps. */
    int count();

    /**
     * The overlap of a row.
     *
     * @param slope overwritten with d iou / d offset, where the gradient is to go through it
     */
    double of(int row, double[] prediction, double[] target, double[] slope);
  }

  /** Overlaps that somebody else computed. */
  record Given(Tensor iou) implements Overlaps {
    Given {
      Check.that(iou.rank() == 1, "IouBalancedLocalizationLoss", "iou", iou, "of shape [n]");
    }

    @Override
    public int count() {
      return iou.size();
    }

    @Override
    public double of(int row, double[] prediction, double[] target, double[] slope) {
      return iou.get(row);
    }
  }

  /** Overlaps of what the offsets decode to. */
  record Decoded(BoxCoder coder, Boxes anchors, boolean moving) implements Overlaps {
    @Override
    public int count() {
      return anchors.count();
    }

    @Override
    public double of(int row, double[] prediction, double[] target, double[] slope) {
      double[] anchor = new double[SIDES];
      double[] box = new double[SIDES];
      double[] truth = new double[SIDES];
      anchors.read(row, anchor);
      coder.decode(anchor, prediction, box);
      coder.decode(anchor, target, truth);
      Overlap overlap = new Overlap().measure(box, truth);
      if (moving) {
        double[] corners = new double[SIDES];
        for (int k = 0; k < SIDES; k++) {
          corners[k] = overlap.ofIou(k, 0);
        }
        coder.chain(anchor, prediction, corners, slope);
      }
      return overlap.iou(0);
    }
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return BoxRows.evaluate(who, kernel(batch), batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return BoxRows.evaluate(who, kernel(batch), batch, reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return BoxRows.values(who, kernel(batch), batch);
  }

  /** As in the record, with the overlaps. */
  @Override
  public String toString() {
    return who + ".at(" + overlaps + ")";
  }

  private BoxRows.Kernel kernel(Batch batch) {
    Check.that(
        overlaps.count() == batch.prediction().length(0),
        who,
        "count of overlaps or anchors",
        overlaps.count(),
        "that of the prediction's rows, " + batch.prediction().length(0));
    if (who.balance() == Balance.FIXED) {
      return balanced(who.lambda(), who.weight());
    }
    double before = BoxRows.evaluate(who, balanced(0, 1), batch, Reduction.sum(), null);
    double after = BoxRows.evaluate(who, balanced(who.lambda(), 1), batch, Reduction.sum(), null);
    return after > 0
        ? balanced(who.lambda(), who.weight() * before / after)
        : balanced(0, who.weight());
  }

  /** w iou^λ Σ l. */
  private BoxRows.Kernel balanced(double lambda, double weight) {
    return (row, x, y, g) -> {
      double[] slope = new double[SIDES];
      double iou = overlaps.of(row, x, y, slope);
      if (!(iou >= 0 && iou <= 1 + 1e-9) && !Double.isNaN(x[0] + x[1] + x[2] + x[3])) {
        throw Check.refusal(who + ": iou[" + row + "] = " + (float) iou + " is not in [0, 1]");
      }
      double power = weight * Math.pow(iou, lambda);
      double sum = 0;
      for (int k = 0; k < SIDES; k++) {
        double d = x[k] - y[k];
        sum += who.smoothL1().value(d);
        g[k] = power * who.smoothL1().slope(d);
      }
      for (int k = 0; k < SIDES && iou > 0 && lambda > 0; k++) {
        g[k] += lambda * power / iou * slope[k] * sum;
      }
      return power * sum;
    };
  }
}
