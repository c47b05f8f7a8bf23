package org.perdita.internal;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Walks the rows of predictions {@code [n, 4]} and targets {@code [n, 4]}, in double: a unit is a
 * row. Boxes are few beside scores, so nothing here is done in tiles.
 */
public final class BoxRows {
  private static final int SIDES = 4;
  private static final int ROWS_A_CHUNK = Chunks.ELEMENTS / SIDES;

  private final Object who;
  private final Kernel kernel;
  private final FloatBuffer prediction;
  private final FloatBuffer target;
  private final int rows;
  private final UnitWeights weights;

  private BoxRows(Object who, Kernel kernel, Batch batch) {
    this.who = who;
    this.kernel = kernel;
    Tensor x = batch.prediction();
    Check.that(
        x.rank() == 2 && x.length(1) == SIDES, who, "prediction", x, "of shape [n, " + SIDES + "]");
    Check.that(batch.target() instanceof Tensor, who, "target", batch.target(), "a Tensor [n, 4]");
    Tensor y = (Tensor) batch.target();
    Check.shape(who, "target", y.shape(), "prediction", x.shape());
    this.rows = x.length(0);
    this.prediction = x.buffer();
    this.target = y.buffer();
    this.weights = UnitWeights.of(who, batch.weights(), rows);
  }

  /** The loss of one row. Stateless, shared between threads. */
  @FunctionalInterface
  public interface Kernel {
    /**
     * The loss of row {@code row}.
     *
     * @param gradient overwritten with d loss / d prediction
     */
    double evaluate(int row, double[] prediction, double[] target, double[] gradient);

    /** Whether the target may not be used: null if it may, else what it must be. */
    default @Nullable String refused(double[] target) {
      return null;
    }
  }

  /** The reduced value; the gradient too, unless it is null. */
  public static double evaluate(
      Object who, Kernel kernel, Batch batch, Reduction reduction, @Nullable Tensor gradient) {
    BoxRows walk = new BoxRows(who, kernel, batch);
    double factor = walk.weights.factor(reduction);
    if (gradient != null) {
      Check.shape(who, "gradient", gradient.shape(), "prediction", batch.prediction().shape());
    }
    return factor * walk.sum(factor, gradient == null ? null : gradient.buffer(), null);
  }

  /** The weighted loss of each row. */
  public static Tensor values(Object who, Kernel kernel, Batch batch) {
    BoxRows walk = new BoxRows(who, kernel, batch);
    Tensor values = Tensor.zeros(walk.rows);
    walk.sum(1, null, values.buffer());
    return values;
  }

  private double sum(double factor, @Nullable FloatBuffer gradient, @Nullable FloatBuffer values) {
    return Chunks.sum(
        Chunks.cover(rows, ROWS_A_CHUNK),
        chunk -> {
          double[] x = new double[SIDES];
          double[] y = new double[SIDES];
          double[] g = new double[SIDES];
          int from = chunk * ROWS_A_CHUNK;
          int to = Math.min(rows, from + ROWS_A_CHUNK);
          double sum = 0;
          for (int row = from; row < to; row++) {
            double w = weight(row);
            double v = w == 0 ? 0 : w * evaluate(row, x, y, g);
            sum += v;
            if (values != null) {
              values.put(row, saturated(v));
            }
            for (int k = 0; k < SIDES && gradient != null; k++) {
              gradient.put(row * SIDES + k, w == 0 ? 0 : saturated(factor * w * g[k]));
            }
          }
          return sum;
        });
  }

  private double evaluate(int row, double[] x, double[] y, double[] g) {
    for (int k = 0; k < SIDES; k++) {
      x[k] = prediction.get(row * SIDES + k);
      y[k] = target.get(row * SIDES + k);
      if (!Double.isFinite(y[k])) {
        throw Check.entry(who, "target", row * SIDES + k, new int[] {rows, SIDES}, y[k], "finite");
      }
    }
    String must = kernel.refused(y);
    if (must != null) {
      throw Check.refusal(
          String.format(
              "%s: target[%d] must be %s, was [%s, %s, %s, %s]",
              who, row, must, (float) y[0], (float) y[1], (float) y[2], (float) y[3]));
    }
    return kernel.evaluate(row, x, y, g);
  }

  private double weight(int row) {
    FloatBuffer w = weights.buffer();
    return w == null ? 1 : w.get(row);
  }

  /** The nearest finite float; NaN stays NaN. */
  public static float saturated(double d) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(d, Float.MAX_VALUE));
  }
}
