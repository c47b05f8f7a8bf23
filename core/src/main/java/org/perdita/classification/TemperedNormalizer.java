package org.perdita.classification;

import java.util.Arrays;
import org.perdita.internal.Block;
import org.perdita.internal.TileMath;

/**
 * Finds what makes tempered probabilities sum to 1: the cost ℓ = −log q of the likeliest class,
 * which solves ℓ = log Z(ℓ), where Z = Σ h and h = (1 + s r d)<sup>−1/s</sup> with r =
 * e<sup>−sℓ</sup> (see {@link TemperedPowers}).
 *
 * <p>That is Newton's method for g(c) = S(c)<sup>−s</sup> = 1 with c = 1 / r and S = Σ (c + s
 * d)<sup>−1/s</sup>. Above t2 = 1 g is concave and increasing, below it is convex and increasing:
 * from c = 1 the steps approach the solution from one side and never pass it, so they need no
 * bracket. Written for ℓ, with δ = log Z − ℓ and A = Z / Σ h w,
 *
 * <pre>    ℓ ← ℓ + δ + log(1 + (A − 1) (1 − e<sup>−sδ</sup>)) / s,</pre>
 *
 * which overflows nowhere and tends to the softmax's ℓ as s tends to 0. They start where Jensen's
 * inequality, with d̄ the mean distance, says that the solution cannot be passed: c = K<sup>s</sup>
 * − s d̄, or 1. Near the solution Halley's steps, which one more sum pays for, are of third order;
 * one to three steps are needed in all.
 */
final class TemperedNormalizer {
  /** A step this small leaves an error of its cube. */
  private static final double SMALL_STEP = 4e-3;

  /** Never met; a bound for what is not a number. */
  private static final int STEPS = 100;

  private final TemperedPowers powers;
  private final float s;
  private final float n;
  private final float t2;
  private final float tolerance;

  TemperedNormalizer(TemperedPowers powers) {
    this.powers = powers;
    this.s = (float) powers.s;
    this.n = (float) powers.n;
    this.t2 = (float) (1 + powers.s);
    this.tolerance = (float) (SMALL_STEP / (1 + Math.abs(powers.s)));
  }

  /**
   * Turns x into distances to each unit's largest logit, and takes the likeliest class out of the
   * block: it changes places with the last one, and the block counts one class less, so that sums
   * over the block keep the digits of 1 − p. {@link #restore} undoes that.
   */
  void apart(Block b, TemperedScratch m) {
    float[] top = m.a;
    // Farther than that s d would overflow.
    float far = (float) (Float.MAX_VALUE / (4 + 4 * Math.abs(powers.s)));
    Arrays.fill(top, 0, b.lanes(), Float.NEGATIVE_INFINITY);
    for (int t = 0; t < b.tiles(); t++) {
      raise(top, b.x[t], b.length(t));
    }
    b.max(top);
    for (int t = 0; t < b.tiles(); t++) {
      distance(b.x[t], top, far, b.length(t));
    }
    findLikeliest(b);
    exchange(b, b.x);
    if (b.y != null) {
      exchange(b, b.y);
    }
    b.classes--;
  }

  /** Puts the likeliest class and the last one back where they were. */
  void restore(Block b) {
    b.classes++;
    exchange(b, b.g);
  }

  static void raise(float[] top, float[] x, int length) {
    for (int j = 0; j < length; j++) {
      top[j] = Math.max(top[j], x[j]);
    }
  }

  static void distance(float[] x, float[] top, float far, int length) {
    for (int j = 0; j < length; j++) {
      x[j] = Math.min(top[j] - x[j], far);
    }
  }

  /** The first class at distance 0, into {@code bits}. */
  private static void findLikeliest(Block b) {
    int[] at = b.bits;
    Arrays.fill(at, 0, b.units, 0);
    if (b.units == 1) {
      while (at[0] < b.classes - 1 && b.at(b.x, at[0], 0) != 0) {
        at[0]++;
      }
      return;
    }
    for (int k = b.classes - 1; k > 0; k--) {
      float[] x = b.x[k];
      for (int j = 0; j < b.units; j++) {
        at[j] = x[j] == 0 ? k : at[j];
      }
    }
  }

  private static void exchange(Block b, float[][] tiles) {
    for (int j = 0; j < b.units; j++) {
      float likeliest = b.at(tiles, b.bits[j], j);
      b.set(tiles, b.bits[j], j, b.at(tiles, b.classes - 1, j));
      b.set(tiles, b.classes - 1, j, likeliest);
    }
  }

  /** Finds cost and slope of a block whose likeliest classes are apart. */
  void solve(Block b, TemperedScratch m) {
    if (s == 0) {
      Arrays.fill(m.slope, 0, b.lanes(), 0);
      sums(b, m);
      logOfOnePlus(m.sumH, m.cost, m.a, m.b, b.units);
      return;
    }
    start(b, m);
    Arrays.fill(m.open, 0, b.units, 1);
    float step;
    int steps = 0;
    do {
      spreadSlope(b, m);
      sums(b, m);
      step = step(m, b.units);
    } while (step > tolerance && ++steps < STEPS);
    spreadSlope(b, m);
  }

  /** The largest c, or above t2 = 1 the smallest, from which no step passes the solution. */
  private void start(Block b, TemperedScratch m) {
    float[] sum = m.sumH;
    Arrays.fill(sum, 0, b.lanes(), 0);
    for (int t = 0; t < b.tiles(); t++) {
      add(sum, b.x[t], b.length(t));
    }
    b.sum(sum);
    int classes = b.classes + 1;
    float uniform = (float) Math.min(Math.expm1(powers.s * Math.log(classes)), 1e30);
    float mean = s / classes;
    float least = s > 0 ? 0 : -1;
    float most = s > 0 ? Float.MAX_VALUE : 0;
    for (int j = 0; j < b.units; j++) {
      m.c[j] = Math.min(Math.max(uniform - mean * sum[j], least), most);
    }
    logOfOnePlus(m.c, m.cost, m.a, m.b, b.units);
    for (int j = 0; j < b.units; j++) {
      m.cost[j] *= n;
    }
  }

  private static void add(float[] sum, float[] x, int length) {
    for (int j = 0; j < length; j++) {
      sum[j] += x[j];
    }
  }

  /** slope = s r, in all lanes. */
  private void spreadSlope(Block b, TemperedScratch m) {
    for (int j = 0; j < b.units; j++) {
      m.slope[j] = -s * m.cost[j];
    }
    TileMath.exp(m.slope, m.slope, m.a, b.units);
    for (int j = 0; j < b.units; j++) {
      m.slope[j] *= s;
    }
    b.spread(m.slope);
  }

  /** Σ h, Σ h w and Σ h w² over the classes but the likeliest. */
  private void sums(Block b, TemperedScratch m) {
    Arrays.fill(m.sumH, 0, b.lanes(), 0);
    Arrays.fill(m.sumHw, 0, b.lanes(), 0);
    Arrays.fill(m.sumHww, 0, b.lanes(), 0);
    for (int t = 0; t < b.tiles(); t++) {
      powers.sum(b.x[t], m, b.length(t));
    }
    b.sum(m.sumH);
    b.sum(m.sumHw);
    b.sum(m.sumHww);
  }

  /**
   * One step of each unit's cost; the largest of them. A unit whose step was small is left as it is
   * while others go on, so that its bits do not depend on its neighbours.
   */
  private float step(TemperedScratch m, int units) {
    float[] delta = m.c;
    float[] newton = m.d;
    logOfOnePlus(m.sumH, delta, m.a, m.b, units);
    for (int j = 0; j < units; j++) {
      delta[j] -= m.cost[j];
      newton[j] = -s * delta[j];
    }
    TileMath.exp(newton, newton, m.a, units);
    for (int j = 0; j < units; j++) {
      float surplus = (m.sumH[j] - m.sumHw[j]) / (1 + m.sumHw[j]); // A − 1
      newton[j] = Math.max(surplus * (1 - newton[j]), -0.5f);
    }
    logOfOnePlus(newton, newton, m.a, m.b, units);
    float largest = 0;
    for (int j = 0; j < units; j++) {
      float z = 1 + m.sumH[j];
      float slope = (1 + m.sumHw[j]) / z;
      float bend = slope * (1 - slope) - t2 * (m.sumHw[j] - m.sumHww[j]) / z;
      float turn = delta[j] * bend / (2 * slope * slope);
      float wanted =
          Math.abs(turn) < 0.25f
              ? delta[j] / (slope * (1 - turn))
              : Math.fma(n, newton[j], delta[j]);
      float step = m.open[j] * wanted;
      m.cost[j] += step;
      m.open[j] = Math.abs(step) > tolerance ? 1 : 0;
      largest = Math.max(largest, Math.abs(step));
    }
    return largest;
  }

  /** out = log(1 + x) for x ≥ −½, to the last digits also where x is small. */
  static void logOfOnePlus(float[] x, float[] out, float[] s1, float[] s2, int length) {
    onePlus(x, s1, out, length);
    TileMath.logInTwo(s1, s2, s1, length);
    for (int j = 0; j < length; j++) {
      out[j] += s2[j] + s1[j];
    }
  }

  /** one = 1 + x, and what its logarithm misses for having been rounded. */
  private static void onePlus(float[] x, float[] one, float[] missed, int length) {
    for (int j = 0; j < length; j++) {
      float sum = 1 + x[j];
      one[j] = sum;
      missed[j] = (x[j] - (sum - 1)) / sum;
    }
  }
}
