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
 * Targets and weights of a batch's elements, brought tile by tile.
 *
 * <p>Labels become zeros with a one where the row's label is. Weights then have one entry an
 * element or one a label, which counts for each of the row's elements.
 */
final class ElementTargets {
  private final Object who;
  private final boolean shares;
  private final int[] shape;
  private final int classes;
  private final int inner;
  private final @Nullable FloatBuffer dense;
  private final @Nullable IntBuffer labels;
  private final int[] labelShape;
  private final UnitWeights weights;
  private final boolean weightPerLabel;

  /**
   * @param shares whether targets must lie in [0, 1], and may be labels; else they must be finite
   */
  ElementTargets(Object who, Batch batch, boolean shares) {
    this.who = who;
    this.shares = shares;
    Tensor x = batch.prediction();
    this.shape = x.shape();
    this.classes = shape.length > 1 ? shape[1] : 1;
    int positions = 1;
    for (int axis = 2; axis < shape.length; axis++) {
      positions *= shape[axis];
    }
    this.inner = positions;
    Target target = batch.target();
    Check.that(
        shares || target instanceof Tensor,
        who,
        "target",
        target,
        "a Tensor of numbers, not labels");
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
      int[] expected = new int[shape.length - 1];
      expected[0] = shape[0];
      System.arraycopy(shape, 2, expected, 1, shape.length - 2);
      Check.shape(who, "target", labelShape, "one label a row of the prediction", expected);
    }
    Tensor w = batch.weights();
    this.weightPerLabel = w != null && labels != null && Arrays.equals(w.shape(), labelShape);
    this.weights = UnitWeights.of(who, w, weightPerLabel ? labelShape : shape);
  }

  /** Whether elements may count differently. */
  boolean weighted() {
    return weights.buffer() != null;
  }

  /** The reduction's factor; a weight per label counts once for each of its elements. */
  double factor(Reduction reduction) {
    long times = weightPerLabel ? classes : 1;
    return reduction.factor(weights.counted() * times, weights.sum() * times);
  }

  /** Forgets what {@link #load} noted about targets out of range. */
  void begin(Tile tile) {
    Arrays.fill(tile.outside, 0);
  }

  /**
   * Fills {@code tile.y} and, if there are weights, {@code tile.w}; what a weight of 0 hides
   * becomes 0, predictions included.
   */
  void load(Tile tile, int from, int n, int width) {
    FloatBuffer w = weights.buffer();
    if (w != null && !weightPerLabel) {
      w.get(from, tile.w, 0, n);
    }
    FloatBuffer y = dense;
    IntBuffer l = labels;
    if (y != null) {
      TileMath.get(y, from, tile.y, n);
    } else if (l != null && inner == 1) {
      rows(tile, l, w, from, n);
    } else if (l != null) {
      positions(tile, l, w, from, n);
    }
    tile.oneHot = l != null;
    if (w != null) {
      hide(tile, n);
    }
    if (y != null && shares) {
      noteOutside(tile.y, tile.outside, width);
    } else if (y != null) {
      noteInfinite(tile.y, tile.outside, width);
    }
  }

  /** Labels of [n, c]: zeros, and a one in each row. */
  private void rows(Tile tile, IntBuffer l, @Nullable FloatBuffer w, int from, int n) {
    Arrays.fill(tile.y, 0, n, 0);
    int row = from / classes;
    for (int start = row * classes - from; start < n; start += classes, row++) {
      int label = l.get(row);
      int first = Math.max(start, 0);
      int end = (int) Math.min((long) start + classes, n);
      if (w != null && weightPerLabel) {
        Arrays.fill(tile.w, first, end, w.get(row));
      }
      if (label < 0 || label > classes) {
        refuseUnlessHidden(tile, w, row, label, first, end);
      } else if (start + label >= first && start + label < end) {
        tile.y[start + label] = 1;
      }
    }
  }

  /** Labels of [n, c, d…]: runs of one class at consecutive positions. */
  private void positions(Tile tile, IntBuffer l, @Nullable FloatBuffer w, int from, int n) {
    int run;
    for (int j = 0; j < n; j += run) {
      int position = (from + j) % inner;
      int plane = (from + j) / inner;
      int k = plane % classes;
      int row = plane / classes * inner + position;
      run = Math.min(n - j, inner - position);
      if (w != null && weightPerLabel) {
        w.get(row, tile.w, j, run);
      }
      for (int i = 0; i < run; i++) {
        int label = l.get(row + i);
        if (label < 0 || label > classes) {
          refuseUnlessHidden(tile, w, row + i, label, j + i, j + i + 1);
        }
        tile.y[j + i] = label == k ? 1 : 0;
      }
    }
  }

  private void refuseUnlessHidden(
      Tile tile, @Nullable FloatBuffer w, int row, int label, int first, int end) {
    for (int j = first; j < end; j++) {
      if (w == null || tile.w[j] != 0) {
        throw Check.entry(
            who, "target", row, labelShape, label, "in 0 … " + classes + " (the last: no class)");
      }
    }
  }

  private static void hide(Tile tile, int n) {
    for (int j = 0; j < n; j++) {
      if (tile.w[j] == 0) {
        tile.x[j] = 0;
        tile.y[j] = 0;
      }
    }
  }

  /** y (1 − y) is negative outside [0, 1]; lanes that see such a y, or none at all, leave 0. */
  private static void noteOutside(float[] y, float[] outside, int n) {
    for (int j = 0; j < n; j++) {
      float inside = y[j] * (1 - y[j]);
      outside[j] += Math.abs(inside) - inside;
    }
  }

  /** 0 y is not a number where y is not finite. */
  private static void noteInfinite(float[] y, float[] outside, int n) {
    for (int j = 0; j < n; j++) {
      outside[j] += y[j] * 0;
    }
  }

  /** Refuses the first target out of range, if any was loaded from elements from … to − 1. */
  void end(Tile tile, int from, int to) {
    FloatBuffer y = dense;
    if (y == null) {
      return;
    }
    boolean all = true;
    for (int j = 0; j < Tile.SIZE; j++) {
      all &= tile.outside[j] == 0;
    }
    for (int i = from; i < to && !all; i++) {
      float target = y.get(i);
      FloatBuffer w = weights.buffer();
      boolean allowed = shares ? target >= 0 && target <= 1 : Float.isFinite(target);
      if (!allowed && (w == null || w.get(i) != 0)) {
        throw Check.entry(who, "target", i, shape, target, shares ? "in [0, 1]" : "finite");
      }
    }
  }

  /** Fills {@code tile.k} with the elements' classes. */
  void classes(Tile tile, int from, int n) {
    int position = from % inner;
    int k = from / inner % classes;
    for (int j = 0; j < n; j++) {
      tile.k[j] = k;
      if (++position == inner) {
        position = 0;
        k = k + 1 == classes ? 0 : k + 1;
      }
    }
  }
}
