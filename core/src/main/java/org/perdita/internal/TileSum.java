package org.perdita.internal;

/**
 * A sum over many tiles: float lanes take sixteen tiles each, then drain into a double. Sums of
 * 16.8 million losses so keep eight digits at the cost of one SIMD addition, and depend on the
 * order of the tiles alone.
 *
 * <p>What goes in is divided by 32, so that sixteen of the largest float still fit.
 */
final class TileSum {
  private static final int TILES_A_DRAIN = 16;
  private static final float SHARE = 0x1p-5f;

  private final float[] lanes = new float[Tile.LENGTH];
  private int used;
  private int tiles;
  private double sum;

  /** Starts again at 0. */
  void reset() {
    TileMath.fill(lanes, 0, used);
    used = 0;
    tiles = 0;
    sum = 0;
  }

  /** Adds elements 0 … n − 1 of {@code a}. */
  void add(float[] a, int n) {
    add(lanes, a, n);
    used = Math.max(used, n);
    if (++tiles == TILES_A_DRAIN) {
      drain();
    }
  }

  private static void add(float[] lanes, float[] a, int n) {
    for (int j = 0; j < n; j++) {
      lanes[j] = Math.fma(a[j], SHARE, lanes[j]);
    }
  }

  /** The sum so far. */
  double total() {
    drain();
    return sum / SHARE;
  }

  private void drain() {
    sum += TileMath.sum(lanes, used);
    TileMath.fill(lanes, 0, used);
    tiles = 0;
  }
}
