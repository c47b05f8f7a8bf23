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
 * <p>Scratch: the first arrays of {@code tile.t} are named below; a kernel may use the rest.
 */
final class Logistic {
  /** e<sup>−|x|</sup>, 0 where it is below the normal floats. */
  static final int E = 0;

  /** 1 / (1 + e), with the sign of x (or − where x = 0). */
  static final int R = 1;

  /** The target's mass on the wrong side. */
  static final int WRONG = 2;

  /** The first array that a kernel may use as it likes; four more follow it. */
  static final int FREE = 3;

  private Logistic() {}

  /** Fills the named scratch, and leaves cross-entropy in {@code v}: log(1 + e) + h |x|. */
  static void crossEntropy(Tile tile, int n) {
    TileMath.expOfMinusAbs(tile.x, tile.t[E], tile.t[R], n);
    sides(tile.t[E], tile.t[R], tile.v, n);
    fold(tile.x, tile.y, tile.t[R], tile.t[WRONG], tile.v, n);
  }

  /** The same, with log(1 + e) left in {@code l} too. */
  static void crossEntropy(Tile tile, float[] l, int n) {
    TileMath.expOfMinusAbs(tile.x, tile.t[E], tile.t[R], n);
    sides(tile.t[E], tile.t[R], l, n);
    System.arraycopy(l, 0, tile.v, 0, n);
    fold(tile.x, tile.y, tile.t[R], tile.t[WRONG], tile.v, n);
  }

  /** Cross-entropy's gradient: ± r (h − e (1 − h)). */
  static void slopes(Tile tile, int n) {
    slopes(tile.t[WRONG], tile.t[E], tile.t[R], tile.g, n);
  }

  /** From e in two factors: e, r = 1 / (1 + e), and l = log(1 + e), by one division. */
  static void sides(float[] e, float[] r, float[] l, int n) {
    for (int j = 0; j < n; j++) {
      float all = e[j] * r[j];
      float a = 1 + all;
      float b = 2 + all;
      float d = 1 / (a * b);
      e[j] = all;
      r[j] = b * d;
      l[j] = TileMath.twiceAtanh(all * a * d); // e / (2 + e)
    }
  }

  /** Gives r the sign of x, and adds h |x| to v. */
  private static void fold(float[] x, float[] y, float[] r, float[] wrong, float[] v, int n) {
    for (int j = 0; j < n; j++) {
      float logit = x[j];
      float target = y[j];
      float size = Math.abs(logit);
      // Twice 2^126 lifts the smallest float above 1: this is 1 where x > 0, else 0.
      float positive = Math.min((logit + size) * 0x1p126f * 0x1p126f, 1);
      float h = Math.fma(positive, 1 - 2 * target, target);
      float side = r[j];
      float value = v[j];
      r[j] = side * Math.fma(2, positive, -1);
      wrong[j] = h;
      v[j] = Math.fma(h, size, value);
    }
  }

  private static void slopes(float[] wrong, float[] e, float[] r, float[] g, int n) {
    for (int j = 0; j < n; j++) {
      float h = wrong[j];
      g[j] = r[j] * Math.fma(-e[j], 1 - h, h);
    }
  }
}
