package org.perdita.classification;

import org.perdita.internal.Block;

/**
 * One thread's arrays for the tempered losses: numbers of the units, lanes in which they are
 * gathered, and those of one tile; see {@link Block}.
 */
final class TemperedScratch {
  private static final ThreadLocal<TemperedScratch> OWN =
      ThreadLocal.withInitial(TemperedScratch::new);

  /** Units: s r, by which distances are multiplied. */
  final float[] slope = array();

  /** Units: the slope at which sums were taken last, and ε of the step since then. */
  final float[] used = array();

  final float[] step = array();

  /** Units: −log of the likeliest class's probability. */
  final float[] cost = array();

  /** Units: 1 where the solver goes on, 0 where it has arrived. */
  final float[] open = array();

  /** Units: sums over the other classes: h, h w, h w², h w³, h k, h k w, y k w, divergences. */
  final float[] sumH = array();

  final float[] sumHw = array();
  final float[] sumHww = array();
  final float[] sumHwww = array();
  final float[] sumHk = array();
  final float[] sumHkw = array();
  final float[] sumYkw = array();
  final float[] divergence = array();

  /** Units: by what h k w and h w are multiplied in the gradient. */
  final float[] direct = array();

  final float[] shared = array();

  /** Units: Z. */
  final float[] z = array();

  /** Lanes of the sums above, in their order. */
  final float[][] lanes = new float[8][Block.LENGTH];

  /** Lanes of slope, and of what else a pass needs. */
  final float[] slopes = array();

  final float[] steps = array();
  final float[] costs = array();
  final float[] zs = array();

  /** Tile or units: v, w, h, k, and log h. */
  final float[] v = array();

  final float[] w = array();
  final float[] h = array();
  final float[] k = array();
  final float[] logH = array();

  /** Tile or units: a class apart, such as the label's. */
  final float[] distance = array();

  final float[] y = array();
  final float[] p = array();
  final float[] logP = array();
  final float[] gap = array();
  final float[] out = array();

  /** Room for one pass to leave things in for the next. */
  final float[] a = array();

  final float[] b = array();
  final float[] c = array();
  final float[] d = array();

  /** The block's k, where {@link TemperedPowers#keeps}. */
  float[][][] kept = new float[0][][];

  private TemperedScratch() {}

  /** Makes room for as many numbers as the block has. */
  void keep(Block b) {
    if (kept.length < b.x.length || kept[0].length < b.x[0].length) {
      kept = new float[b.x.length][b.x[0].length][Block.LENGTH];
    }
  }

  static TemperedScratch own() {
    return OWN.get();
  }

  private static float[] array() {
    return new float[Block.LENGTH];
  }
}
