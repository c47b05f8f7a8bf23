package org.perdita.lab.data;

import java.util.Arrays;

/**
 * An image with its mask, slice by slice, ready for a network: intensities have mean 0 and standard
 * deviation 1 over what is not background, and background stays darkest.
 */
public final class Scan {
  private final String name;
  private final int[] shape;
  private final double[] spacing;
  private final float[] image;
  private final int[] mask;

  /**
   * @param shape slices, rows, columns
   * @param spacing of the same axes, in millimetres
   * @param image normalised here, in place
   * @param mask 1 where the lesion is
   */
  public Scan(String name, int[] shape, double[] spacing, float[] image, int[] mask) {
    this.name = name;
    this.shape = shape.clone();
    this.spacing = spacing.clone();
    this.image = image;
    this.mask = mask;
    normalise(image);
  }

  private static void normalise(float[] image) {
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (float v : image) {
      if (v > 0) {
        sum += v;
        squares += (double) v * v;
        n++;
      }
    }
    double mean = n == 0 ? 0 : sum / n;
    double deviation = n == 0 ? 1 : Math.sqrt(Math.max(squares / n - mean * mean, 1e-12));
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) ((image[i] - mean) / deviation);
    }
  }

  public String name() {
    return name;
  }

  public int depth() {
    return shape[0];
  }

  public int height() {
    return shape[1];
  }

  public int width() {
    return shape[2];
  }

  public int[] shape() {
    return shape.clone();
  }

  /** Of slices, rows and columns, in millimetres. */
  public double[] spacing() {
    return spacing.clone();
  }

  /** The mask, the scan's own array. */
  public int[] mask() {
    return mask;
  }

  /** The intensity at a place; beyond the first and the last slice, theirs. */
  public float at(int slice, int row, int column) {
    int inside = Math.max(0, Math.min(shape[0] - 1, slice));
    return image[(inside * shape[1] + row) * shape[2] + column];
  }

  /** Copies slice {@code z}; beyond the ends, the outermost one. */
  public void copySlice(int z, float[] to, int at) {
    int area = shape[1] * shape[2];
    int inside = Math.max(0, Math.min(shape[0] - 1, z));
    System.arraycopy(image, inside * area, to, at, area);
  }

  /** How many voxels of slice {@code z} are in the mask. */
  public int lesionVoxels(int z) {
    int area = shape[1] * shape[2];
    return Arrays.stream(mask, z * area, (z + 1) * area).sum();
  }

  /** The mask's share of all voxels. */
  public double share() {
    return Arrays.stream(mask).sum() / (double) mask.length;
  }
}
