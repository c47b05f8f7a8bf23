package org.perdita.lab.data;

import java.util.Arrays;

/**
 * A volume of voxels, and how far apart they are.
 *
 * <p>Voxels are row-major over (slice, row, column); in a NIfTI file these are the third, second
 * and first axis.
 */
public final class Volume {
  private static final int AXES = 3;

  private final int[] shape;
  private final double[] spacing;
  private final float[] voxels;
  private final byte[] header;

  Volume(int[] shape, double[] spacing, float[] voxels, byte[] header) {
    this.shape = shape.clone();
    this.spacing = spacing.clone();
    this.voxels = voxels;
    this.header = header.clone();
  }

  /**
   * A volume that came from no file.
   *
   * @param shape slices, rows, columns
   * @param spacing of the same axes, in millimetres
   */
  public static Volume of(int[] shape, double[] spacing, float[] voxels) {
    if (shape.length != AXES || spacing.length != AXES) {
      throw new IllegalArgumentException("Volume: shape and spacing must have 3 axes");
    }
    return new Volume(shape, spacing, voxels, new byte[0]);
  }

  /** Slices, rows, columns. */
  public int[] shape() {
    return shape.clone();
  }

  /** Of the same axes, in millimetres. */
  public double[] spacing() {
    return spacing.clone();
  }

  /** The voxels, the volume's own array. */
  public float[] voxels() {
    return voxels;
  }

  /** The header of the file it came from, with its orientation; empty if it came from none. */
  byte[] header() {
    return header.clone();
  }

  /** Other voxels at the same places. */
  public Volume with(float[] others) {
    if (others.length != voxels.length) {
      throw new IllegalArgumentException(
          "Volume: voxels must be " + voxels.length + ", were " + others.length);
    }
    return new Volume(shape, spacing, others, header);
  }

  /** Whether shape and spacing are those of {@code other}, the spacing to a thousandth. */
  public boolean alignsWith(Volume other) {
    boolean close = Arrays.equals(shape, other.shape);
    for (int axis = 0; axis < AXES; axis++) {
      close &= Math.abs(spacing[axis] - other.spacing[axis]) <= 1e-3 * spacing[axis];
    }
    return close;
  }

  /** As in {@code 182 × 218 × 182 voxels of 1.0 × 1.0 × 1.0 mm}. */
  @Override
  public String toString() {
    return (shape[0] + " × " + shape[1] + " × " + shape[2])
        + (" voxels of " + spacing[0] + " × " + spacing[1] + " × " + spacing[2] + " mm");
  }
}
