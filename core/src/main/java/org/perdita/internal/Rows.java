package org.perdita.internal;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;

/**
 * Walks the units of a batch for losses over classes: predictions {@code [n, c]} or {@code [n, c,
 * d1, d2, …]}, targets {@link Labels} without the class axis, or distributions shaped like the
 * prediction.
 *
 * <p>Predictions of few classes, and all that have axes behind the class axis, go in blocks of
 * columns; long rows go one by one.
 */
public final class Rows {
  /** Up to here rows are cheaper turned into columns. */
  private static final int FEW_CLASSES = 64;

  /** Block of columns: at most this many elements, so that it stays in the second-level cache. */
  private static final int BLOCK_ELEMENTS = 1 << 17;

  /** How far from 1 a float distribution may sum. */
  private static final float SUM_TOLERANCE = 1e-3f;

  private final Object who;
  private final RowKernel kernel;
  private final FloatBuffer prediction;
  private final int[] shape;
  private final int[] unitShape;
  private final int units;
  private final int classes;
  private final int inner;
  private final @Nullable IntBuffer labels;
  private final @Nullable FloatBuffer distributions;
  private final UnitWeights weights;

  private Rows(Object who, RowKernel kernel, Batch batch) {
    this.who = who;
    this.kernel = kernel;
    Tensor x = batch.prediction();
    Check.that(
        x.rank() >= 2 && x.length(1) >= 1,
        who,
        "prediction",
        x,
        "of shape [n, c] or [n, c, d1, …] with at least one class");
    this.prediction = x.buffer();
    this.shape = x.shape();
    this.unitShape = withoutClassAxis(shape);
    this.units = Shapes.size(who, unitShape);
    this.classes = shape[1];
    this.inner = shape[0] == 0 ? 1 : units / shape[0];
    Target target = batch.target();
    if (target instanceof Labels l) {
      Check.shape(who, "target", l.shape(), "one label a unit of the prediction " + x, unitShape);
      this.labels = l.buffer();
      this.distributions = null;
    } else {
      Tensor y = (Tensor) target;
      Check.shape(who, "target", y.shape(), "prediction", shape);
      this.labels = null;
      this.distributions = y.buffer();
    }
    this.weights = UnitWeights.of(who, batch.weights(), unitShape);
  }

  /** {@code shape} without axis 1. */
  static int[] withoutClassAxis(int... shape) {
    int[] rest = new int[shape.length - 1];
    rest[0] = shape[0];
    System.arraycopy(shape, 2, rest, 1, shape.length - 2);
    return rest;
  }

  /** The reduced value; the gradient too, unless it is null. */
  public static double evaluate(
      Object who, RowKernel kernel, Batch batch, Reduction reduction, @Nullable Tensor gradient) {
    Rows walk = new Rows(who, kernel, batch);
    double factor = walk.weights.factor(reduction);
    FloatBuffer out = null;
    if (gradient != null) {
      Check.shape(who, "gradient", gradient.shape(), "prediction", walk.shape);
      out = gradient.buffer();
    }
    return walk.sum(factor, out, null) * factor;
  }

  /** The weighted loss of each unit. */
  public static Tensor values(Object who, RowKernel kernel, Batch batch) {
    Rows walk = new Rows(who, kernel, batch);
    Tensor values = Tensor.zeros(walk.unitShape);
    walk.sum(1, null, values.buffer());
    return values;
  }

  private double sum(double factor, @Nullable FloatBuffer gradient, @Nullable FloatBuffer values) {
    boolean columns = inner > 1 || classes <= FEW_CLASSES;
    int perChunk = Math.max(1, Chunks.ELEMENTS / classes);
    return Chunks.sum(
        Chunks.cover(units, perChunk),
        chunk -> {
          int from = chunk * perChunk;
          int to = (int) Math.min(units, from + (long) perChunk);
          return columns
              ? columns(from, to, factor, gradient, values)
              : rows(from, to, factor, gradient, values);
        });
  }

  private double columns(
      int from,
      int to,
      double factor,
      @Nullable FloatBuffer gradient,
      @Nullable FloatBuffer values) {
    Block block = Block.columns(classes, distributions != null);
    int width = Math.max(16, Math.min(Block.UNITS, BLOCK_ELEMENTS / classes));
    double sum = 0;
    int n;
    for (int unit = from; unit < to; unit += n) {
      n = Math.min(width, to - unit);
      if (inner > 1) {
        n = Math.min(n, inner - unit % inner);
      }
      block.units = n;
      loadColumns(block, block.x, prediction, unit);
      targets(block, unit);
      hideIgnored(block, unit, factor);
      kernel.columns(block);
      sum += finish(block, unit, values);
      if (gradient != null) {
        for (int k = 0; k < classes; k++) {
          multiply(block.g[k], block.w, n);
        }
        storeColumns(block, gradient, unit);
      }
    }
    return sum;
  }

  private double rows(
      int from,
      int to,
      double factor,
      @Nullable FloatBuffer gradient,
      @Nullable FloatBuffer values) {
    Block block = Block.row(classes, distributions != null);
    block.units = 1;
    double sum = 0;
    for (int unit = from; unit < to; unit++) {
      for (int t = 0; t < block.tiles(); t++) {
        prediction.get(unit * classes + t * Block.CLASSES, block.x[t], 0, block.length(t));
      }
      targets(block, unit);
      hideIgnored(block, unit, factor);
      kernel.row(block);
      sum += finish(block, unit, values);
      if (gradient != null) {
        for (int t = 0; t < block.tiles(); t++) {
          scale(block.g[t], block.w[0], block.length(t));
          gradient.put(unit * classes + t * Block.CLASSES, block.g[t], 0, block.length(t));
        }
      }
    }
    return sum;
  }

  private float weight(int unit) {
    FloatBuffer w = weights.buffer();
    return w == null ? 1 : w.get(unit);
  }

  /** Reads and checks the block's targets; nothing of an ignored unit is checked. */
  private void targets(Block block, int unit) {
    IntBuffer l = labels;
    if (l != null) {
      for (int j = 0; j < block.units; j++) {
        int label = l.get(unit + j);
        boolean known = label >= 0 && label < classes;
        if (!known && weight(unit + j) != 0) {
          throw Check.entry(
              who, "target", unit + j, unitShape, label, "a class in 0 … " + (classes - 1));
        }
        block.label[j] = known ? label : 0;
      }
      return;
    }
    float[][] y = block.y;
    FloatBuffer d = distributions;
    if (y == null || d == null) {
      return;
    }
    boolean row = inner == 1 && classes > FEW_CLASSES;
    if (row) {
      for (int t = 0; t < block.tiles(); t++) {
        d.get(unit * classes + t * Block.CLASSES, y[t], 0, block.length(t));
      }
    } else {
      loadColumns(block, y, d, unit);
    }
    for (int j = 0; j < block.units; j++) {
      if (weight(unit + j) != 0) {
        checkDistribution(y, row, unit, j);
      }
    }
  }

  private void checkDistribution(float[][] y, boolean row, int unit, int j) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      float p = row ? y[k / Block.CLASSES][k % Block.CLASSES] : y[k][j];
      if (!(p >= 0)) {
        String at = Shapes.position(unit + j, unitShape);
        throw Check.refusal(
            who + ": target" + at + " class " + k + " = " + p + " is not a probability");
      }
      sum += p;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      String at = Shapes.position(unit + j, unitShape);
      throw Check.refusal(
          who + ": target" + at + " sums to " + (float) sum + ", a distribution sums to 1");
    }
  }

  /** Weights times factor; what a weight of 0 hides is replaced by zeros. */
  private void hideIgnored(Block block, int unit, double factor) {
    boolean row = inner == 1 && classes > FEW_CLASSES;
    for (int j = 0; j < block.units; j++) {
      float w = weight(unit + j);
      block.w[j] = (float) (w * factor);
      if (w == 0) {
        block.label[j] = 0;
        hide(block.x, block, row, j);
        if (block.y != null) {
          hide(block.y, block, row, j);
        }
      }
    }
  }

  private static void hide(float[][] a, Block block, boolean row, int j) {
    if (row) {
      for (int t = 0; t < block.tiles(); t++) {
        Arrays.fill(a[t], 0);
      }
      return;
    }
    for (int k = 0; k < block.classes; k++) {
      a[k][j] = 0;
    }
  }

  /** Σ w v over the block, and the values out if wanted. */
  private double finish(Block block, int unit, @Nullable FloatBuffer values) {
    double sum = 0;
    for (int j = 0; j < block.units; j++) {
      double weighted = (double) weight(unit + j) * block.v[j];
      sum += weighted;
      if (values != null) {
        values.put(unit + j, (float) weighted);
      }
    }
    return sum;
  }

  private void loadColumns(Block block, float[][] columns, FloatBuffer from, int unit) {
    int n = block.units;
    if (inner > 1) {
      int base = unit / inner * classes * inner + unit % inner;
      for (int k = 0; k < classes; k++) {
        from.get(base + k * inner, columns[k], 0, n);
      }
      return;
    }
    float[] stage = block.stage(n * classes);
    from.get(unit * classes, stage, 0, n * classes);
    for (int k = 0; k < classes; k++) {
      float[] column = columns[k];
      for (int j = 0, at = k; j < n; j++, at += classes) {
        column[j] = stage[at];
      }
    }
  }

  private void storeColumns(Block block, FloatBuffer to, int unit) {
    int n = block.units;
    if (inner > 1) {
      int base = unit / inner * classes * inner + unit % inner;
      for (int k = 0; k < classes; k++) {
        to.put(base + k * inner, block.g[k], 0, n);
      }
      return;
    }
    float[] stage = block.stage(n * classes);
    for (int k = 0; k < classes; k++) {
      float[] column = block.g[k];
      for (int j = 0, at = k; j < n; j++, at += classes) {
        stage[at] = column[j];
      }
    }
    to.put(unit * classes, stage, 0, n * classes);
  }

  private static void multiply(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] *= b[j];
    }
  }

  private static void scale(float[] a, float by, int n) {
    for (int j = 0; j < n; j++) {
      a[j] *= by;
    }
  }
}
