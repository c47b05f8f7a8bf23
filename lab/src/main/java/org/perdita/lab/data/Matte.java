package org.perdita.lab.data;

import java.util.Arrays;

/** A colour image and how much of each pixel is foreground. */
public final class Matte {
  private final String name;
  private final int height;
  private final int width;
  private final float[] rgb;
  private final float[] alpha;

  /**
   * @param rgb red, green and blue planes in [0, 1]
   * @param alpha in [0, 1]
   */
  public Matte(String name, int height, int width, float[] rgb, float[] alpha) {
    this.name = name;
    this.height = height;
    this.width = width;
    this.rgb = rgb;
    this.alpha = alpha;
  }

  public String name() {
    return name;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Red, green and blue planes, the matte's own array. */
  public float[] rgb() {
    return rgb;
  }

  /** How much of each pixel is foreground, the matte's own array. */
  public float[] alpha() {
    return alpha;
  }

  /**
   * The mask that a person with a brush would draw: 1 where most of a square of {@code 2 reach + 1}
   * pixels a side is foreground. Single strands are lost in it.
   */
  public float[] coarse(int reach) {
    float[] mask = new float[alpha.length];
    for (int i = 0; i < mask.length; i++) {
      int y = i / width;
      int x = i % width;
      double sum = 0;
      int n = 0;
      for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
        for (int c = Math.max(0, x - reach); c <= Math.min(width - 1, x + reach); c++) {
          sum += alpha[row * width + c];
          n++;
        }
      }
      mask[i] = sum > 0.5 * n ? 1 : 0;
    }
    return mask;
  }

  /** The rectangle of {@code side} pixels a side whose first pixel is at {@code top, left}. */
  Matte cut(int top, int left, int side) {
    float[] colours = new float[3 * side * side];
    float[] own = new float[side * side];
    for (int row = 0; row < side; row++) {
      int from = (top + row) * width + left;
      System.arraycopy(alpha, from, own, row * side, side);
      for (int c = 0; c < 3; c++) {
        System.arraycopy(rgb, c * height * width + from, colours, (c * side + row) * side, side);
      }
    }
    return new Matte(name + " at " + top + ", " + left, side, side, colours, own);
  }

  /** The share of pixels that are neither foreground nor background. */
  public double mixed() {
    long n = 0;
    for (float a : alpha) {
      n += a > 0.05 && a < 0.95 ? 1 : 0;
    }
    return n / (double) alpha.length;
  }

  @Override
  public String toString() {
    return name + " " + Arrays.toString(new int[] {height, width});
  }
}
