package org.perdita.internal;

import java.util.Arrays;

/**
 * One thread's scratch for element-wise losses: 768 elements at a time stay in the first-level
 * cache while short passes run over them. Every pass reads and writes its arrays at the same index,
 * which is what lets the JIT turn it into SIMD.
 */
public final class Tile {
  /** Elements a tile. */
  public static final int SIZE = 768;

  static final int LENGTH = SIZE + 12;

  /**
   * How far passes run at least. C2 unrolls a loop, and so makes its SIMD registers full, only as
   * far as the loop ran on average when it was first used; passes over a few elements would leave
   * slow loops behind for the large batches of the whole process.
   */
  static final int LEAST = 128;

  /** Predictions; the kernel may not change them. */
  public final float[] x = new float[LENGTH];

  /** Targets; the kernel may not change them. */
  public final float[] y = new float[LENGTH];

  /** Out: the loss of each element. */
  public final float[] v = new float[LENGTH];

  /** Out: d loss / d prediction. */
  public final float[] g = new float[LENGTH];

  /** Which class each element is of; filled only for kernels that ask. */
  public final int[] k = new int[SIZE];

  /** Room for passes to leave things in. */
  public final float[][] t = new float[8][LENGTH];

  /** Whether the targets come from labels, which are 0 or 1; the walker's own. */
  boolean oneHot;

  /** Weights; the walker's own. */
  final float[] w = new float[LENGTH];

  /** Lanes of the running sum; see {@link TileSum}. */
  final TileSum sum = new TileSum();

  /** Lanes that stay 0 as long as every target is in [0, 1]. */
  final float[] outside = new float[LENGTH];

  private final float[] fold = new float[LENGTH];

  private static final ThreadLocal<Tile> OWN = ThreadLocal.withInitial(Tile::new);

  /**
   * How far passes run over {@code n} elements; what stands beyond them is made harmless before the
   * tile is loaded.
   */
  int width(int n) {
    if (n >= LEAST) {
      return n;
    }
    Arrays.fill(x, n, LEAST, 0);
    Arrays.fill(y, n, LEAST, 0);
    Arrays.fill(w, n, LEAST, 0);
    Arrays.fill(k, n, LEAST, 0);
    return LEAST;
  }

  /** This thread's tile. */
  static Tile own() {
    return OWN.get();
  }

  /** Whether each of targets 0 … n − 1 is 0 or 1. */
  public boolean isHard(int n) {
    return oneHot || softness(n) == 0;
  }

  /** Σ |y (1 − y)|, in 512 lanes. */
  private float softness(int n) {
    for (int j = 0; j < n; j++) {
      fold[j] = Math.abs(y[j] * (1 - y[j]));
    }
    for (int j = Block.CLASSES; j < n; j++) {
      fold[j - Block.CLASSES] += fold[j];
    }
    return Lanes.sum(fold, Math.min(n, Block.CLASSES));
  }
}
