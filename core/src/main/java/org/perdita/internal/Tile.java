package org.perdita.internal;

/**
 * One thread's scratch for element-wise losses: 512 elements at a time stay in the first-level
 * cache while short passes run over them. Every pass reads and writes its arrays at the same index,
 * which is what lets the JIT turn it into SIMD.
 */
public final class Tile {
  /** Elements a tile. */
  public static final int SIZE = 512;

  /** Predictions; the kernel may not change them. */
  public final float[] x = new float[SIZE];

  /** Targets. */
  public final float[] y = new float[SIZE];

  /** Out: the loss of each element. */
  public final float[] v = new float[SIZE];

  /** Out: d loss / d prediction. */
  public final float[] g = new float[SIZE];

  /** Which class each element is of; filled only for kernels that ask. */
  public final int[] k = new int[SIZE];

  /** Room for passes to leave things in. */
  public final float[][] t = new float[8][SIZE];

  /** The same, for exponent bits. */
  public final int[] bits = new int[SIZE];

  /** Weight times the reduction's factor; the walker's own. */
  final float[] w = new float[SIZE];

  /** Lanes of the running sum and of the target check; the walker's own. */
  final float[] sums = new float[SIZE];

  final float[] least = new float[SIZE];

  private static final ThreadLocal<Tile> OWN = ThreadLocal.withInitial(Tile::new);

  /** This thread's tile. */
  static Tile own() {
    return OWN.get();
  }
}
