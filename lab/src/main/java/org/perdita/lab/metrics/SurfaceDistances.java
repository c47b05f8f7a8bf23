package org.perdita.lab.metrics;

import java.util.Arrays;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.segmentation.DistanceTransform;
import org.perdita.segmentation.Spacing;

/**
 * Distances in millimetres between the surfaces of two masks of a volume.
 *
 * <p>A mask's surface is its voxels with a neighbour outside it, in the slice or in the next, the
 * array's edge counting as outside; distances are between voxel centres. Libraries take percentiles
 * differently: {@link Percentile} names them.
 *
 * <p>With one mask empty and the other not there is no distance: the case is a failure, and every
 * distance is the volume's diagonal, which no real one exceeds. Both empty agree: all are 0.
 */
public final class SurfaceDistances {

  /** How the percentile of the two directions is taken. */
  public enum Percentile {
    /** Of each direction, and the larger of the two: MONAI. */
    LARGER_DIRECTION,
    /** Of the distances of both directions together: MedPy. */
    POOLED
  }

  private final double[] there;
  private final double[] back;
  private final double diagonal;
  private final boolean failed;

  private SurfaceDistances(double[] there, double[] back, double diagonal, boolean failed) {
    this.there = there;
    this.back = back;
    this.diagonal = diagonal;
    this.failed = failed;
  }

  /**
   * Of two masks.
   *
   * @param shape slices, rows, columns
   * @param spacing of the same axes
   */
  public static SurfaceDistances of(int[] predicted, int[] truth, int[] shape, double[] spacing) {
    boolean[] a = surface(predicted, shape);
    boolean[] b = surface(truth, shape);
    double diagonal = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      diagonal += shape[axis] * spacing[axis] * (shape[axis] * spacing[axis]);
    }
    diagonal = Math.sqrt(diagonal);
    boolean noA = count(a) == 0;
    boolean noB = count(b) == 0;
    if (noA || noB) {
      return new SurfaceDistances(new double[0], new double[0], diagonal, noA != noB);
    }
    return new SurfaceDistances(
        distances(a, b, shape, spacing), distances(b, a, shape, spacing), diagonal, false);
  }

  private static int count(boolean[] surface) {
    int n = 0;
    for (boolean s : surface) {
      n += s ? 1 : 0;
    }
    return n;
  }

  private static boolean[] surface(int[] mask, int[] shape) {
    boolean[] surface = new boolean[mask.length];
    int[] steps = {shape[1] * shape[2], shape[2], 1};
    for (int i = 0; i < mask.length; i++) {
      int[] at = {i / steps[0], i / shape[2] % shape[1], i % shape[2]};
      for (int axis = 0; axis < shape.length && mask[i] != 0; axis++) {
        surface[i] |=
            (at[axis] == 0 || mask[i - steps[axis]] == 0)
                || (at[axis] == shape[axis] - 1 || mask[i + steps[axis]] == 0);
      }
    }
    return surface;
  }

  /** From each voxel of {@code from} to the nearest of {@code to}, sorted. */
  private static double[] distances(boolean[] from, boolean[] to, int[] shape, double[] spacing) {
    int[] outside = new int[to.length];
    for (int i = 0; i < to.length; i++) {
      outside[i] = to[i] ? 0 : 1;
    }
    Tensor map = new DistanceTransform(Spacing.of(spacing)).of(Labels.of(outside, shape));
    double[] distances = new double[count(from)];
    int n = 0;
    for (int i = 0; i < from.length; i++) {
      if (from[i]) {
        distances[n++] = map.get(i);
      }
    }
    Arrays.sort(distances);
    return distances;
  }

  /** Whether one mask is empty and the other is not. */
  public boolean failed() {
    return failed;
  }

  /** The largest distance: the Hausdorff distance. */
  public double hausdorff() {
    return percentile(100, Percentile.LARGER_DIRECTION);
  }

  /** The 95th percentile. */
  public double hausdorff95(Percentile convention) {
    return percentile(95, convention);
  }

  private double percentile(double percent, Percentile convention) {
    if (there.length == 0) {
      return failed ? diagonal : 0;
    }
    return convention == Percentile.POOLED
        ? of(percent, pooled())
        : Math.max(of(percent, there), of(percent, back));
  }

  private double[] pooled() {
    double[] all = Arrays.copyOf(there, there.length + back.length);
    System.arraycopy(back, 0, all, there.length, back.length);
    Arrays.sort(all);
    return all;
  }

  /** Linear between the sorted numbers, as NumPy has it. */
  private static double of(double percent, double[] sorted) {
    double place = percent / 100 * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** The mean distance of the voxels of both surfaces. */
  public double average() {
    return there.length == 0 ? failed ? diagonal : 0 : Arrays.stream(pooled()).average().orElse(0);
  }

  /** The share of both surfaces that lies within {@code tolerance} of the other. */
  public double normalisedSurfaceDice(double tolerance) {
    if (there.length == 0) {
      return failed ? 0 : 1;
    }
    long near = Arrays.stream(pooled()).filter(d -> d <= tolerance).count();
    return near / (double) (there.length + back.length);
  }
}
