package org.perdita.classification;

import org.perdita.internal.Block;

/**
 * One thread's arrays for the tempered losses. Those of a tile hold one tile's classes at a time;
 * those of lanes are gathered over the tiles, see {@link Block}.
 */
final class TemperedScratch {
  private static final int LENGTH = Math.max(Block.UNITS, Block.CLASSES);

  private static final ThreadLocal<TemperedScratch> OWN =
      ThreadLocal.withInitial(TemperedScratch::new);

  /** Lanes: s r, by which distances are multiplied. */
  final float[] slope = lanes();

  /** Lanes: −log of the likeliest class's probability. */
  final float[] cost = lanes();

  /** Lanes: 1 where the solver goes on, 0 where it has arrived. */
  final float[] open = lanes();

  /** Lanes of sums over the other classes: h, h w, h w², h k w, h k, y k w, and the divergences. */
  final float[] sumH = lanes();

  final float[] sumHw = lanes();
  final float[] sumHww = lanes();
  final float[] sumHkw = lanes();
  final float[] sumHk = lanes();
  final float[] sumYkw = lanes();
  final float[] divergence = lanes();

  /** Lanes: by what h k w and h w are multiplied in the gradient. */
  final float[] direct = lanes();

  final float[] shared = lanes();

  /** Tile: v, w, h, k, and log h. */
  final float[] v = lanes();

  final float[] w = lanes();
  final float[] h = lanes();
  final float[] k = lanes();
  final float[] logH = lanes();

  /** Tile: a class apart, such as the label's. */
  final float[] distance = lanes();

  final float[] y = lanes();
  final float[] p = lanes();
  final float[] logP = lanes();
  final float[] gap = lanes();
  final float[] out = lanes();

  /** Room for one pass to leave things in for the next. */
  final float[] a = lanes();

  final float[] b = lanes();
  final float[] c = lanes();
  final float[] d = lanes();

  private TemperedScratch() {}

  static TemperedScratch own() {
    return OWN.get();
  }

  private static float[] lanes() {
    return new float[LENGTH];
  }
}
