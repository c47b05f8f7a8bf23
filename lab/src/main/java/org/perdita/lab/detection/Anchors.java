package org.perdita.lab.detection;

import org.perdita.Tensor;
import org.perdita.detection.Boxes;

/**
 * The boxes a detector measures from: nine at each position of each level, three sizes a third of
 * an octave apart in three shapes, in the order level, row, column, size, shape.
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al.: Focal Loss for Dense Object
 *     Detection, ICCV 2017, section 4</a>
 */
public final class Anchors {
  /** How many there are at each position. */
  public static final int A_POSITION = 9;

  private static final double[] SIZES = {1, StrictMath.cbrt(2), StrictMath.cbrt(4)};
  private static final double[] RATIOS = {0.5, 1, 2};
  private static final int SIDES = 4;

  /** x1, y1, x2 and y2 of each, in arrays of their own: matching runs over them one by one. */
  final float[][] side;

  final float[] area;

  /** Where each level begins; and, last, how many there are. */
  final int[] levels;

  private Anchors(float[][] side, int... levels) {
    this.side = side;
    this.levels = levels;
    this.area = new float[side[0].length];
    for (int i = 0; i < area.length; i++) {
      area[i] = (side[2][i] - side[0][i]) * (side[3][i] - side[1][i]);
    }
  }

  /**
   * Anchors over an image.
   *
   * @param height pixels, a multiple of every stride
   * @param width pixels, a multiple of every stride
   * @param strides pixels from position to position of each level
   * @param base the smallest anchor's side, in strides; 4 in the paper
   */
  public static Anchors over(int height, int width, int[] strides, double base) {
    int[] levels = new int[strides.length + 1];
    for (int i = 0; i < strides.length; i++) {
      int stride = strides[i];
      if (height % stride != 0 || width % stride != 0) {
        throw new IllegalArgumentException(
            String.format(
                "Anchors: an image's sides must be multiples of %d, were %d × %d",
                stride, height, width));
      }
      levels[i + 1] = levels[i] + height / stride * (width / stride) * A_POSITION;
    }
    float[][] side = new float[SIDES][levels[strides.length]];
    int at = 0;
    for (int stride : strides) {
      for (int y = 0; y < height / stride; y++) {
        for (int x = 0; x < width / stride; x++) {
          for (double size : SIZES) {
            for (double ratio : RATIOS) {
              double w = stride * base * size / Math.sqrt(ratio);
              double h = stride * base * size * Math.sqrt(ratio);
              double cx = (x + 0.5) * stride;
              double cy = (y + 0.5) * stride;
              side[0][at] = (float) (cx - w / 2);
              side[1][at] = (float) (cy - h / 2);
              side[2][at] = (float) (cx + w / 2);
              side[3][at++] = (float) (cy + h / 2);
            }
          }
        }
      }
    }
    return new Anchors(side, levels);
  }

  /** How many there are. */
  public int count() {
    return area.length;
  }

  /** The anchors at {@code indices}. */
  public Boxes at(int... indices) {
    float[] corners = new float[indices.length * SIDES];
    for (int i = 0; i < indices.length; i++) {
      for (int k = 0; k < SIDES; k++) {
        corners[i * SIDES + k] = side[k][indices[i]];
      }
    }
    return Boxes.ofCorners(Tensor.of(corners, indices.length, SIDES));
  }
}
