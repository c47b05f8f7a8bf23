package org.perdita.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.ClassWeights;
import org.perdita.classification.Smoothing;

/**
 * Walks the units of a batch for a loss over classes: predictions {@code [n, c]} or {@code [n, c,
 * d1, d2, …]}, targets {@code Labels} without the class axis, or distributions shaped like the
 * prediction.
 *
 * <p>Predictions of few classes, and all that have axes behind the class axis, go in blocks of
 * columns; others as rows.
 */
public final class Rows {
  private final Object who;
  private final RowKernel kernel;
  private final ClassWeights classWeights;
  private final Smoothing smoothing;

  /**
   * @param who the loss, for refusals
   * @param kernel its formula
   * @param classWeights how much each class counts
   * @param smoothing how targets are smoothed
   */
  public Rows(Object who, RowKernel kernel, ClassWeights classWeights, Smoothing smoothing) {
    this.who = who;
    this.kernel = kernel;
    this.classWeights = classWeights;
    this.smoothing = smoothing;
  }

  /** {@code shape} without axis 1. */
  static int[] withoutClassAxis(int... shape) {
    int[] rest = new int[shape.length - 1];
    rest[0] = shape[0];
    System.arraycopy(shape, 2, rest, 1, shape.length - 2);
    return rest;
  }

  /** The reduced value, and the gradient into the caller's memory. */
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    Walk walk = new Walk(batch);
    double factor = walk.targets.factor(reduction);
    return factor * walk.sum(factor, walk.shaped("gradient", gradient), null, null);
  }

  /** Value, gradient and curvature. */
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature) {
    Walk walk = new Walk(batch);
    double factor = walk.targets.factor(reduction);
    FloatBuffer g = walk.shaped("gradient", gradient);
    FloatBuffer h = walk.shaped("curvature", curvature);
    return factor * walk.sum(factor, g, h, null);
  }

  /** The reduced value. */
  public double value(Batch batch, Reduction reduction) {
    Walk walk = new Walk(batch);
    return walk.targets.factor(reduction) * walk.sum(1, null, null, null);
  }

  /** The weighted loss of each unit. */
  public Tensor values(Batch batch) {
    Walk walk = new Walk(batch);
    Tensor values = Tensor.zeros(walk.shape.unitShape);
    walk.sum(1, null, null, values.buffer());
    return values;
  }

  /** One batch being walked. */
  private final class Walk {
    final RowShape shape;
    final RowTargets targets;
    private final FloatBuffer prediction;

    Walk(Batch batch) {
      this.shape = new RowShape(who, batch.prediction());
      this.targets = new RowTargets(who, shape, batch, classWeights, smoothing);
      this.prediction = batch.prediction().buffer();
    }

    FloatBuffer shaped(String what, Tensor out) {
      Check.shape(who, what, out.shape(), "prediction", shape.shape);
      return out.buffer();
    }

    /** Σ w v; gradient and curvature are multiplied by the factor, values are not. */
    double sum(
        double factor,
        @Nullable FloatBuffer gradient,
        @Nullable FloatBuffer curvature,
        @Nullable FloatBuffer values) {
      int perChunk = shape.chunkUnits();
      return Chunks.sum(
          Chunks.cover(shape.units, perChunk),
          chunk -> {
            Block block = shape.block(targets.distributions());
            int from = chunk * perChunk;
            int to = (int) Math.min(shape.units, from + (long) perChunk);
            int step = shape.blockUnits();
            double sum = 0;
            for (int unit = from; unit < to; unit += step) {
              block.units = Math.min(step, to - unit);
              shape.load(block, block.x, prediction, unit);
              targets.load(block, unit);
              Arrays.fill(block.gain, 0, block.units, 1);
              if (curvature != null) {
                curvature(block);
                weigh(block, factor);
                shape.store(block, block.g, curvature, unit);
              }
              kernel.evaluate(block);
              sum += values(block, unit, values);
              if (gradient != null) {
                weigh(block, factor);
                shape.store(block, block.g, gradient, unit);
              }
            }
            return sum;
          });
    }

    /** Σ w v over the block, and the values out if wanted. */
    private double values(Block block, int unit, @Nullable FloatBuffer values) {
      double sum = 0;
      for (int j = 0; j < block.units; j++) {
        double weighted = block.weight[j] * block.v[j];
        sum += weighted;
        if (values != null) {
          values.put(unit + j, (float) Math.min(weighted, Float.MAX_VALUE));
        }
      }
      return sum;
    }

    /** Multiplies what stands in {@code block.g} by gain, weight and factor. */
    private void weigh(Block block, double factor) {
      for (int j = 0; j < block.units; j++) {
        double scale = factor * block.weight[j] * block.gain[j];
        block.scale[j] = scale > Float.MAX_VALUE ? Float.MAX_VALUE : (float) scale;
      }
      for (int strip = 0; strip < block.strips(); strip++) {
        for (int t = 0; t < block.tiles(); t++) {
          if (shape.columns) {
            multiply(block.g[strip][t], block.scale, block.length(t));
          } else {
            multiply(block.g[strip][t], block.scale[strip], block.length(t));
          }
        }
      }
    }

    /** Leaves the curvature of each of the block's units in {@code block.g}. */
    private void curvature(Block block) {
      double[] curvature = block.result();
      for (int j = 0; j < block.units; j++) {
        kernel.curvature(block.logits(j), block.target(j), curvature, block.classes);
        for (int k = 0; k < block.classes; k++) {
          block.set(block.g, k, j, (float) curvature[k]);
        }
      }
    }
  }

  private static void multiply(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] *= b[j];
    }
  }

  private static void multiply(float[] a, float by, int n) {
    for (int j = 0; j < n; j++) {
      a[j] *= by;
    }
  }
}
