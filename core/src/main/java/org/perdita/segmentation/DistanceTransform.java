package org.perdita.segmentation;

import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.SquaredDistances;

/**
 * The exact Euclidean distance transform in one to three dimensions: for each voxel that is not 0,
 * how far the nearest voxel is that is 0; 0 where a voxel is 0 itself.
 *
 * <p>Linear in the number of voxels, on several threads, the same bits for any number of them;
 * exact before it is rounded to float for unit spacing, else to 2e-7. Without a voxel that is 0
 * every distance is infinite. (SciPy's is then the distance to a point outside the array.)
 *
 * @param spacing how far apart the voxels are
 */
public record DistanceTransform(Spacing spacing) {

  /** In voxels. */
  public static DistanceTransform unit() {
    return new DistanceTransform(Spacing.unit());
  }

  /**
   * The distances, in a tensor shaped like the mask.
   *
   * @param mask one to three axes
   */
  public Tensor of(Labels mask) {
    int[] shape = mask.shape();
    check(this, shape.length);
    float[] field = new float[mask.size()];
    double[] steps = spacing.along(this, shape.length);
    SquaredDistances.write(mask.buffer(), SquaredDistances.ANY, shape, steps, field, 0);
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) Math.sqrt(Math.max(-field[i], 0));
    }
    return Tensor.of(field, shape);
  }

  static void check(Object who, int axes) {
    Check.that(axes >= 1 && axes <= 3, who, "number of spatial axes", axes, "1, 2 or 3");
  }
}
