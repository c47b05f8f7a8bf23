package org.perdita.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Walks the elements of a batch tile by tile for the element-wise losses.
 *
 * <p>Targets are a {@link Tensor} shaped like the prediction, or, where they are shares in [0, 1],
 * {@link org.perdita.Labels} {@code [n, d…]} for a prediction {@code [n, c, d…]}: then the labelled
 * class's element has target 1 and the row's other elements 0, and the label c means none of the
 * classes.
 */
public final class Elements {
  private final ElementKernel kernel;
  private final FloatBuffer prediction;
  private final int size;
  private final ElementTargets targets;

  private Elements(Object who, ElementKernel kernel, Batch batch) {
    this.kernel = kernel;
    Tensor x = batch.prediction();
    int c = kernel.classes();
    Check.that(
        c == 0 || (x.rank() >= 2 && x.length(1) == c),
        who,
        "prediction",
        x,
        "of shape [n, " + c + "] or [n, " + c + ", …]");
    this.prediction = x.buffer();
    this.size = x.size();
    this.targets = new ElementTargets(who, batch, kernel.targetsAreShares());
  }

  /** The reduced value; the gradient too, unless it is null. */
  public static double evaluate(
      Object who,
      ElementKernel kernel,
      Batch batch,
      Reduction reduction,
      @Nullable Tensor gradient) {
    Elements walk = new Elements(who, kernel, batch);
    double factor = walk.targets.factor(reduction);
    FloatBuffer out = gradient == null ? null : shaped(who, "gradient", gradient, batch);
    return walk.sum(factor, out, null) * factor;
  }

  /** The weighted loss of each element. */
  public static Tensor values(Object who, ElementKernel kernel, Batch batch) {
    Elements walk = new Elements(who, kernel, batch);
    Tensor values = Tensor.zeros(batch.prediction().shape());
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
    FloatBuffer out = shaped(who, "curvature", curvature, batch);
    double value = evaluate(who, kernel, batch, reduction, gradient);
    Elements walk = new Elements(who, kernel, batch);
    double factor = walk.targets.factor(reduction);
    walk.eachTile(
        (tile, from, n, width) -> {
          for (int j = 0; j < n; j++) {
            double w = walk.targets.weighted() ? tile.w[j] : 1;
            double d = factor * w * kernel.curvature(tile.x[j], tile.y[j], tile.k[j]);
            tile.v[j] = w == 0 ? 0 : saturated(d);
          }
          out.put(from, tile.v, 0, n);
        });
    return value;
  }

  private static FloatBuffer shaped(Object who, String what, Tensor tensor, Batch batch) {
    Check.shape(who, what, tensor.shape(), "prediction", batch.prediction().shape());
    return tensor.buffer();
  }

  private static float saturated(double d) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(d, Float.MAX_VALUE));
  }

  /** What is done with a loaded tile of n elements; passes run over width. */
  private interface Visit {
    void tile(Tile tile, int from, int n, int width);
  }

  /** Visits the tiles of each chunk in order; Σ of what the visits added to {@code tile.sum}. */
  private double eachTile(Visit visit) {
    return Chunks.sum(
        Chunks.cover(size, Chunks.ELEMENTS),
        chunk -> {
          Tile tile = Tile.own();
          int from = chunk * Chunks.ELEMENTS;
          int to = (int) Math.min(size, from + (long) Chunks.ELEMENTS);
          tile.sum.reset();
          targets.begin(tile);
          int n;
          for (int at = from; at < to; at += n) {
            n = Math.min(Tile.SIZE, to - at);
            int width = tile.width(n);
            TileMath.get(prediction, at, tile.x, n);
            targets.load(tile, at, n, width);
            if (kernel.classes() > 0) {
              targets.classes(tile, at, n);
            }
            visit.tile(tile, at, n, width);
          }
          targets.end(tile, from, to);
          return tile.sum.total();
        });
  }

  private double sum(double factor, @Nullable FloatBuffer gradient, @Nullable FloatBuffer values) {
    float by = saturated(factor);
    return eachTile(
        (tile, from, n, width) -> {
          kernel.evaluate(tile, width);
          if (targets.weighted()) {
            weigh(tile.v, tile.g, tile.w, by, width);
          } else if (gradient != null && by != 1) {
            scale(tile.g, by, width);
          }
          Arrays.fill(tile.v, n, width, 0);
          tile.sum.add(tile.v, width);
          if (gradient != null) {
            TileMath.put(tile.g, gradient, from, n);
          }
          if (values != null) {
            values.put(from, tile.v, 0, n);
          }
        });
  }

  /** Weighted, a finite loss stays finite; one that was infinite stays so. */
  private static void weigh(float[] v, float[] g, float[] w, float by, int n) {
    for (int j = 0; j < n; j++) {
      float a = v[j];
      v[j] = Math.min(a * w[j], Math.max(a, Float.MAX_VALUE));
    }
    for (int j = 0; j < n; j++) {
      g[j] *= w[j];
    }
    scale(g, by, n);
  }

  private static void scale(float[] g, float by, int n) {
    for (int j = 0; j < n; j++) {
      g[j] = Math.max(-Float.MAX_VALUE, Math.min(g[j] * by, Float.MAX_VALUE));
    }
  }
}
