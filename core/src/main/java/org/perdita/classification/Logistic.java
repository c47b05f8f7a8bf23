package org.perdita.classification;

import org.perdita.internal.Tile;
import org.perdita.internal.TileMath;

/**
 * What the losses on p = σ(x) share, over a tile.
 *
 * <p>Everything is written in |x| and h, the target's mass on the wrong side: 1 − y where x &gt; 0
 * and y elsewhere. With e = e<sup>−|x|</sup> and r = 1 / (1 + e), the right side's probability is r
 * and the wrong side's e r; both keep their digits however far x is, which 1 − p does not. A loss
 * has the same value at (x, y) and (−x, 1 − y) and the opposite slope, so the slope along |x| is
 * all that is computed, and the sign of x turns it into the gradient.
 *
 * <p>The passes are cut so that none uses more than five arrays, and all loads come before the
 * first store: C2 of JDK 17 vectorises no others.
 *
 * <p>Scratch: the first five arrays of {@code tile.t} are named below; a kernel may use the rest.
 */
final class Logistic {
  /** e<sup>−|x|</sup>, 0 where it is below the normal floats. */
  static final int E = 0;

  /** 1 / (1 + e), with the sign of x (or − where x = 0). */
  static final int R = 1;

  /** log(1 + e). */
  static final int L = 2;

  /** The target's mass on the wrong side. */
  static final int WRONG = 3;

  /** The first array that a kernel may use as it likes; three more follow it. */
  static final int FREE = 4;

  private Logistic() {}

  /** Fills the named scratch, and leaves cross-entropy in {@code v}: log(1 + e) + h |x|. */
  static void crossEntropy(Tile tile, int n) {
    TileMath.expOfMinusAbs(tile.x, tile.t[E], tile.t[R], n);
    fold(tile.x, tile.y, tile.t[R], tile.t[WRONG], n);
    sides(tile.t[E], tile.t[R], tile.t[L], n);
    values(tile.x, tile.t[WRONG], tile.t[L], tile.v, n);
  }

  /** Cross-entropy's gradient: ± r (h − e (1 − h)). */
  static void slopes(Tile tile, int n) {
    slopes(tile.t[WRONG], tile.t[E], tile.t[R], tile.g, n);
  }

  /** r ·= 1 / (1 + e), and l = log(1 + e) = 2 atanh(e / (2 + e)), by one division. */
  static void sides(float[] e, float[] r, float[] l, int n) {
    for (int j = 0; j < n; j++) {
      float a = 1 + e[j];
      float b = 2 + e[j];
      float sign = r[j];
      float d = 1 / (a * b);
      r[j] = sign * b * d;
      l[j] = TileMath.twiceAtanh(e[j] * a * d);
    }
  }

  private static void fold(float[] x, float[] y, float[] sign, float[] wrong, int n) {
    for (int j = 0; j < n; j++) {
      float target = y[j];
      // Twice 2^126 lifts the smallest float above 1: this is 1 where x > 0, else 0.
      float positive = Math.min((x[j] + Math.abs(x[j])) * 0x1p126f * 0x1p126f, 1);
      sign[j] = 2 * positive - 1;
      wrong[j] = Math.fma(positive, 1 - 2 * target, target);
    }
  }

  private static void values(float[] x, float[] wrong, float[] l, float[] v, int n) {
    for (int j = 0; j < n; j++) {
      v[j] = Math.fma(wrong[j], Math.abs(x[j]), l[j]);
    }
  }

  private static void slopes(float[] wrong, float[] e, float[] r, float[] g, int n) {
    for (int j = 0; j < n; j++) {
      float h = wrong[j];
      g[j] = r[j] * Math.fma(-e[j], 1 - h, h);
    }
  }
}
