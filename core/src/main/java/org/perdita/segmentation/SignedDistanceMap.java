package org.perdita.segmentation;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.SquaredDistances;

/**
 * The signed distance to the boundary of a class, below 0 inside: what {@link BoundaryLoss} takes
 * as its target.
 *
 * <p>With d the Euclidean distance from a voxel's centre to the centre of the nearest voxel on the
 * other side, {@link Convention} says what is subtracted from it on either side. A class that is
 * absent, and one that is everywhere, has no boundary: its map is 0. (The authors' code gives a
 * class that is everywhere the distance to a point outside the array.)
 *
 * <p>One transform serves both sides; see {@link DistanceTransform} for exactness and cost.
 *
 * @param convention where on the way between two voxels the boundary lies
 * @param rounding whether distances are kept or cut to integers
 * @param spacing how far apart the voxels are
 * @see <a href="https://arxiv.org/abs/1812.07032">Kervadec et al., MIDL 2019, equation 3</a>
 */
public record SignedDistanceMap(Convention convention, Rounding rounding, Spacing spacing) {

  /** Where the boundary lies. */
  public enum Convention {
    /**
     * As published: d outside, −(d − 1) inside, so that the outermost voxels inside are at 0. The 1
     * is one voxel, whatever the spacing.
     */
    PIXEL_CENTRE,

    /** d outside, −(d − s) inside, with s the smallest spacing. */
    PIXEL_CENTRE_IN_SPACING,

    /** d − s/2 outside, −(d − s/2) inside: the boundary is the edge between voxels. */
    HALF_PIXEL
  }

  /** What becomes of a distance that is no integer. */
  public enum Rounding {
    /** It stays. */
    EXACT,

    /**
     * It is cut towards 0. The authors' loader of 2-D data does so by writing into an integer
     * array; losses change by 2 to 7 %. For parity only.
     */
    CUT_TO_INTEGER
  }

  /** The published convention, exact, in voxels. */
  public static SignedDistanceMap published() {
    return new SignedDistanceMap(Convention.PIXEL_CENTRE, Rounding.EXACT, Spacing.unit());
  }

  /** The boundary between voxels, exact, in voxels. */
  public static SignedDistanceMap halfPixel() {
    return new SignedDistanceMap(Convention.HALF_PIXEL, Rounding.EXACT, Spacing.unit());
  }

  /** The same in other distances. */
  public SignedDistanceMap withSpacing(Spacing spacing) {
    return new SignedDistanceMap(convention, rounding, spacing);
  }

  /** The same with other rounding. */
  public SignedDistanceMap withRounding(Rounding rounding) {
    return new SignedDistanceMap(convention, rounding, spacing);
  }

  /**
   * The map of one mask: of what is not 0.
   *
   * @param mask one to three axes
   * @return shaped like the mask
   */
  public Tensor of(Labels mask) {
    int[] shape = mask.shape();
    DistanceTransform.check(this, shape.length);
    float[] map = new float[mask.size()];
    fill(mask.buffer(), SquaredDistances.ANY, shape, map, 0);
    return Tensor.of(map, shape);
  }

  /**
   * The map of each class of each sample.
   *
   * @param labels {@code [n, d1, …]} with one to three spatial axes and labels in 0 … classes − 1
   * @return {@code [n, classes, d1, …]}, as {@link BoundaryLoss} takes it
   */
  public Tensor of(Labels labels, int classes) {
    int[] shape = labels.shape();
    DistanceTransform.check(this, shape.length - 1);
    Check.that(classes >= 1, this, "number of classes", classes, "at least 1");
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i) < 0 || labels.get(i) >= classes) {
        String allowed = "a class in 0 … " + (classes - 1);
        throw Check.entry(this, "labels", i, shape, labels.get(i), allowed);
      }
    }
    int[] spatial = Arrays.copyOfRange(shape, 1, shape.length);
    int inner = shape[0] == 0 ? 0 : labels.size() / shape[0];
    float[] maps = new float[Math.multiplyExact(labels.size(), classes)];
    for (int sample = 0; sample < shape[0]; sample++) {
      IntBuffer own = labels.buffer().position(sample * inner).limit((sample + 1) * inner);
      for (int k = 0; k < classes; k++) {
        fill(own.slice(), k, spatial, maps, (sample * classes + k) * inner);
      }
    }
    int[] out = new int[shape.length + 1];
    out[0] = shape[0];
    out[1] = classes;
    System.arraycopy(spatial, 0, out, 2, spatial.length);
    return Tensor.of(maps, out);
  }

  private void fill(IntBuffer labels, int inside, int[] shape, float[] map, int at) {
    double[] steps = spacing.along(this, shape.length);
    int size = labels.remaining();
    SquaredDistances.write(labels, inside, shape, steps, map, at);
    if (size == 0 || Float.isInfinite(map[at])) {
      Arrays.fill(map, at, at + size, 0); // all on one side
      return;
    }
    double least = Arrays.stream(steps).min().orElse(1);
    double outside = convention == Convention.HALF_PIXEL ? least / 2 : 0;
    double within =
        switch (convention) {
          case PIXEL_CENTRE -> 1;
          case PIXEL_CENTRE_IN_SPACING -> least;
          case HALF_PIXEL -> least / 2;
        };
    SquaredDistances.roots(map, at, size, (float) outside, (float) within);
    if (rounding == Rounding.CUT_TO_INTEGER) {
      for (int i = at; i < at + size; i++) {
        map[i] = (int) map[i];
      }
    }
  }
}
