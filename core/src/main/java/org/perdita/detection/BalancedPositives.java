package org.perdita.detection;

import java.util.Arrays;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;
import org.perdita.detection.IouBalancedClassificationLoss.Softmax;
import org.perdita.internal.Check;
import org.perdita.internal.UnitWeights;

/**
 * {@link IouBalancedClassificationLoss} at given overlaps: the base loss over everything, then the
 * positives, which are few, put right.
 */
final class BalancedPositives implements Loss {
  private final IouBalancedClassificationLoss who;
  private final Tensor iou;

  BalancedPositives(IouBalancedClassificationLoss who, Tensor iou) {
    this.who = who;
    this.iou = iou;
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    double plain = who.base().loss().evaluate(batch, reduction, gradient);
    Positives positives = new Positives(batch);
    for (int i = 0; i < positives.count; i++) {
      for (int k = positives.first(i); k < positives.end(i); k++) {
        gradient.buffer().put(k, (float) (positives.share[i] * gradient.get(k)));
      }
    }
    return plain + factor(batch, reduction) * positives.change();
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    double plain = who.base().loss().value(batch, reduction);
    return plain + factor(batch, reduction) * new Positives(batch).change();
  }

  @Override
  public Tensor values(Batch batch) {
    Tensor values = who.base().loss().values(batch);
    Positives positives = new Positives(batch);
    for (int i = 0; i < positives.count; i++) {
      int at = softmax() ? positives.rows[i] : positives.first(i);
      values.buffer().put(at, (float) (positives.share[i] * values.get(at)));
    }
    return values;
  }

  /** As in the record, with the number of overlaps. */
  @Override
  public String toString() {
    return who + ".at(" + iou + ")";
  }

  private boolean softmax() {
    return who.base() instanceof Softmax;
  }

  private double factor(Batch batch, Reduction reduction) {
    int[] units = softmax() ? new int[] {rows(batch)} : batch.prediction().shape();
    Tensor w = batch.weights();
    if (w != null && w.rank() == 1 && !softmax()) {
      UnitWeights perRow = UnitWeights.of(who, w, rows(batch));
      long classes = batch.prediction().length(1);
      return reduction.factor(perRow.counted() * classes, perRow.sum() * classes);
    }
    return UnitWeights.of(who, w, units).factor(reduction);
  }

  private static int rows(Batch batch) {
    return batch.prediction().length(0);
  }

  /** The positives of a batch, in order, and what each counts. */
  private final class Positives {
    final int classes;
    int count;

    /** The row of each. */
    int[] rows = new int[64];

    /** The class of each. */
    private int[] columns = new int[64];

    /** The loss of each, weighted. */
    private double[] losses = new double[0];

    /** w of each. */
    double[] share = new double[0];

    Positives(Batch batch) {
      Tensor x = batch.prediction();
      Check.that(x.rank() == 2, who, "prediction", x, "of shape [n, c]");
      Check.shape(who, "iou", iou.shape(), "one a row of the prediction", x.length(0));
      classes = x.length(1);
      find(batch);
      losses = losses(batch);
      share = shares();
    }

    private void find(Batch batch) {
      Tensor w = batch.weights();
      boolean perRow = w != null && w.rank() == 1;
      if (batch.target() instanceof Labels labels) {
        int none = who.base() instanceof Softmax base ? base.background() : classes;
        for (int row = 0; row < labels.size(); row++) {
          int label = labels.get(row);
          int unit = perRow ? row : row * classes + label;
          if (label != none && label >= 0 && label < classes && (w == null || w.get(unit) != 0)) {
            add(row, label);
          }
        }
        return;
      }
      Check.that(!softmax(), who, "target", batch.target(), "Labels, one a row");
      Tensor y = (Tensor) batch.target();
      for (int i = 0; i < y.size(); i++) {
        float target = y.get(i);
        if (target != 0 && (w == null || w.get(i) != 0)) {
          if (target != 1) {
            throw Check.entry(who, "target", i, y.shape(), target, "0 or 1");
          }
          add(i / classes, i % classes);
        }
      }
    }

    private void add(int row, int column) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        columns = Arrays.copyOf(columns, 2 * count);
      }
      rows[count] = row;
      columns[count++] = column;
    }

    /** The base loss of the positives' rows, and of those the positive's own. */
    private double[] losses(Batch batch) {
      if (count == 0) {
        return new double[0];
      }
      Tensor w = batch.weights();
      Batch some =
          new Batch(
              gathered(batch.prediction(), classes),
              gathered(batch.target()),
              w == null ? null : gathered(w, w.rank() == 1 ? 1 : classes));
      Tensor values = who.base().loss().values(some);
      double[] of = new double[count];
      for (int i = 0; i < count; i++) {
        of[i] = values.get(softmax() ? i : i * classes + columns[i]);
      }
      return of;
    }

    private Tensor gathered(Tensor from, int each) {
      float[] some = new float[count * each];
      for (int i = 0; i < count; i++) {
        from.buffer().get(rows[i] * each, some, i * each, each);
      }
      return from.rank() == 1 ? Tensor.of(some, count) : Tensor.of(some, count, each);
    }

    private Target gathered(Target target) {
      return target instanceof Tensor y ? gathered(y, classes) : Labels.of(labels());
    }

    private int[] labels() {
      return Arrays.copyOf(columns, count);
    }

    private double[] shares() {
      double[] powers = new double[count];
      double sum = 0;
      double powered = 0;
      for (int i = 0; i < count; i++) {
        float overlap = iou.get(rows[i]);
        if (!(overlap >= 0 && overlap <= 1)) {
          throw Check.entry(who, "iou", rows[i], iou.shape(), overlap, "in [0, 1]");
        }
        powers[i] = Math.pow(overlap, who.eta());
        sum += losses[i];
        powered += powers[i] * losses[i];
      }
      double denominator = powered + who.normalizerEpsilon();
      for (int i = 0; i < count; i++) {
        powers[i] = denominator > 0 ? powers[i] * (sum / denominator) : 1;
      }
      return powers;
    }

    /** How much the sum of the losses changes. */
    double change() {
      double change = 0;
      for (int i = 0; i < count; i++) {
        change += (share[i] - 1) * losses[i];
      }
      return change;
    }

    /** Where in the gradient positive {@code i} begins. */
    int first(int i) {
      return rows[i] * classes + (softmax() ? 0 : columns[i]);
    }

    /** Where it ends. */
    int end(int i) {
      return first(i) + (softmax() ? classes : 1);
    }
  }
}
