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
 * Walks the elements of a batch tile by tile for the element-wise losses whose targets lie in [0,
 * 1].
 *
 * <p>Targets are a {@link Tensor} shaped like the prediction, or {@link Labels} {@code [n, d…]} for
 * a prediction {@code [n, c, d…]}: then the labelled class's element has target 1 and the row's
 * other elements 0, and the label c means none of the classes.
 */
public final class Elements {
  private final Object who;
  private final ElementKernel kernel;
  private final FloatBuffer prediction;
  private final int[] shape;
  private final int size;
  private final int classes;
  private final int inner;
  private final @Nullable FloatBuffer dense;
  private final @Nullable IntBuffer labels;
  private final int[] labelShape;
  private final UnitWeights weights;
  private final boolean weightPerLabel;

  private Elements(Object who, ElementKernel kernel, Batch batch) {
    this.who = who;
    this.kernel = kernel;
    Tensor x = batch.prediction();
    this.prediction = x.buffer();
    this.shape = x.shape();
    this.size = x.size();
    this.classes = shape.length > 1 ? shape[1] : 1;
    int positions = 1;
    for (int axis = 2; axis < shape.length; axis++) {
      positions *= shape[axis];
    }
    this.inner = positions;
    Target target = batch.target();
    if (target instanceof Tensor y) {
      Check.shape(who, "target", y.shape(), "prediction", shape);
      this.dense = y.buffer();
      this.labels = null;
      this.labelShape = new int[0];
    } else {
      Check.that(
          shape.length >= 2, who, "prediction of class labels", x, "of shape [n, c] or [n, c, …]");
      this.dense = null;
      this.labels = ((Labels) target).buffer();
      this.labelShape = target.shape();
      int[] expected = Rows.withoutClassAxis(shape);
      if (!Arrays.equals(labelShape, expected)) {
        Check.shape(who, "target", labelShape, "one label a row of the prediction", expected);
      }
    }
    Tensor w = batch.weights();
    this.weightPerLabel =
        w != null && labels != null && Arrays.equals(w.shape(), labelShape) && w.rank() < x.rank();
    this.weights = UnitWeights.of(who, w, weightPerLabel ? labelShape : shape);
  }

  /** The reduced value; the gradient too, unless it is null. */
  public static double evaluate(
      Object who,
      ElementKernel kernel,
      Batch batch,
      Reduction reduction,
      @Nullable Tensor gradient) {
    Elements walk = new Elements(who, kernel, batch);
    double factor = walk.factor(reduction);
    FloatBuffer out = null;
    if (gradient != null) {
      Check.shape(who, "gradient", gradient.shape(), "prediction", walk.shape);
      out = gradient.buffer();
    }
    return walk.sum((float) factor, out, null) * factor;
  }

  /** The weighted loss of each element. */
  public static Tensor values(Object who, ElementKernel kernel, Batch batch) {
    Elements walk = new Elements(who, kernel, batch);
    Tensor values = Tensor.zeros(walk.shape);
    walk.sum(1, null, values.buffer());
    return values;
  }

  /** Value, gradient and curvature. */
  public static double curved(
      Object who,
      ElementKernel kernel,
      Batch batch,
      Reduction reduction,
      Tensor gradient,
      Tensor curvature) {
    double value = evaluate(who, kernel, batch, reduction, gradient);
    Elements walk = new Elements(who, kernel, batch);
    Check.shape(who, "curvature", curvature.shape(), "prediction", walk.shape);
    FloatBuffer out = curvature.buffer();
    double factor = walk.factor(reduction);
    walk.eachTile(
        (tile, from, n) -> {
          for (int j = 0; j < n; j++) {
            double w = walk.weight(from + j);
            int k = walk.classOf(from + j);
            out.put(
                from + j,
                w == 0 ? 0 : (float) (factor * w * kernel.curvature(tile.x[j], tile.y[j], k)));
          }
          return 0;
        });
    return value;
  }

  /** The reduction's factor; a weight per label counts once for each of its elements. */
  private double factor(Reduction reduction) {
    long times = weightPerLabel ? classes : 1;
    return reduction.factor(weights.counted() * times, weights.sum() * times);
  }

  private interface Visit {
    double tile(Tile tile, int from, int n);
  }

  private double eachTile(Visit visit) {
    return Chunks.sum(
        Chunks.cover(size, Chunks.ELEMENTS),
        chunk -> {
          Tile tile = Tile.own();
          int from = chunk * Chunks.ELEMENTS;
          int to = (int) Math.min(size, from + (long) Chunks.ELEMENTS);
          double sum = 0;
          for (int at = from; at < to; at += Tile.SIZE) {
            int n = Math.min(Tile.SIZE, to - at);
            load(tile, at, n);
            sum += visit.tile(tile, at, n);
          }
          return sum;
        });
  }

  private double sum(float factor, @Nullable FloatBuffer gradient, @Nullable FloatBuffer values) {
    return eachTile(
        (tile, from, n) -> {
          kernel.evaluate(tile, n);
          if (weights.buffer() != null) {
            multiply(tile.v, tile.w, n);
            multiply(tile.g, tile.w, n);
          }
          if (gradient != null) {
            if (factor != 1) {
              scale(tile.g, factor, n);
            }
            gradient.put(from, tile.g, 0, n);
          }
          if (values != null) {
            values.put(from, tile.v, 0, n);
          }
          double sum = 0;
          for (int j = 0; j < n; j++) {
            sum += tile.v[j];
          }
          return sum;
        });
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

  /** Fills the tile; what a weight of 0 hides is replaced by zeros. */
  private void load(Tile tile, int from, int n) {
    prediction.get(from, tile.x, 0, n);
    FloatBuffer y = dense;
    if (y != null) {
      y.get(from, tile.y, 0, n);
    } else {
      oneHot(tile, from, n);
    }
    if (weights.buffer() != null) {
      for (int j = 0; j < n; j++) {
        tile.w[j] = weight(from + j);
        if (tile.w[j] == 0) {
          tile.x[j] = 0;
          tile.y[j] = 0;
        }
      }
    }
    for (int j = 0; j < n; j++) {
      if (!(tile.y[j] >= 0 && tile.y[j] <= 1)) {
        throw Check.entry(who, "target", from + j, shape, tile.y[j], "in [0, 1]");
      }
    }
    if (kernel.needsClass()) {
      for (int j = 0; j < n; j++) {
        tile.k[j] = classOf(from + j);
      }
    }
  }

  private void oneHot(Tile tile, int from, int n) {
    IntBuffer l = labels;
    if (l == null) {
      return;
    }
    for (int j = 0; j < n; j++) {
      int unit = row(from + j);
      int label = l.get(unit);
      if ((label < 0 || label > classes) && weight(from + j) != 0) {
        throw Check.entry(
            who, "target", unit, labelShape, label, "in 0 … " + classes + " (the last: no class)");
      }
      tile.y[j] = label == classOf(from + j) ? 1 : 0;
    }
  }

  private float weight(int element) {
    FloatBuffer w = weights.buffer();
    return w == null ? 1 : w.get(weightPerLabel ? row(element) : element);
  }

  /** Which label an element belongs to. */
  private int row(int element) {
    return element / (classes * inner) * inner + element % inner;
  }

  private int classOf(int element) {
    return element / inner % classes;
  }
}
