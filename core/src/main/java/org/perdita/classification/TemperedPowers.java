package org.perdita.classification;

import org.perdita.internal.TileMath;

/**
 * The powers of which tempered probabilities consist. With s = t2 − 1, n = 1 / s, d a class's
 * distance to the largest logit, q the largest probability and r = q<sup>s</sup>,
 *
 * <pre>
 *     v = max(0, 1 + s r d),    w = 1 / v (0 where v is),    h = v<sup>−n</sup> = p / q,    k = h<sup>1 − t1</sup>,
 * </pre>
 *
 * from which every power of p that the loss needs is a product:
 *
 * <pre>    p<sup>t2</sup> ∝ h w,    p<sup>t2 − t1</sup> ∝ k w,    p<sup>2 − t1</sup> ∝ h k.</pre>
 *
 * <p>Where |n| is a whole number up to 7, h is a product too, and so is k if |n| (1 − t1) is a
 * multiple of a half. Elsewhere they are exponentials of log v, which is taken as log(1 + z) with z
 * = s r d, so that v's rounding costs nothing where s is small and n large.
 */
final class TemperedPowers {
  private static final float TINY = 1e-30f;
  private static final float HUGE = 1e30f;

  /** 1 − t1. */
  final double a;

  /** t2 − 1. */
  final double s;

  /** 1 / s; infinite at t2 = 1, where nothing reads it. */
  final double n;

  /** z where h is e<sup>−87</sup>: farther classes have no part in any sum. */
  private final float most;

  private final boolean products;
  private final boolean keepProducts;

  TemperedPowers(double t1, double t2) {
    this.a = 1 - t1;
    this.s = t2 - 1;
    this.n = 1 / s;
    this.most = (float) Math.min(Math.expm1(87 / Math.abs(n)), 1e30);
    double whole = Math.rint(Math.abs(n));
    this.products = s != 0 && whole <= 7 && isAlmost(whole, Math.abs(n));
    this.keepProducts = products && isAlmost(Math.rint(whole * a * 2), whole * a * 2);
  }

  /** Temperatures such as 1.2 are not exact: 1 / (1.2 − 1) is 5 to the last digits only. */
  private static boolean isAlmost(double whole, double x) {
    return Math.abs(x - whole) <= 1e-14 * whole;
  }

  /** Adds a tile's h w<sup>i</sup>, i = 0 … 3, to the first four lanes. */
  void sum(float[] d, float[] slope, TemperedScratch m, int length) {
    float[][] to = m.lanes;
    if (products && s > 0) {
      reciprocal(d, slope, m.w, length);
      sumOfPowers((int) Math.rint(n), m.w, to[0], to[1], to[2], to[3], length);
      return;
    }
    weigh(d, slope, m, length);
    sumAndMultiply(m.h, m.w, m.h, to[0], to[1], length);
    sumOfProducts(m.h, m.w, to[2], to[3], length);
  }

  /** Whether a step after the last sums is best made from h and k as they were there. */
  boolean keeps() {
    return s > 0 && !keepProducts;
  }

  /** As {@link #sum}; leaves h and k in the caller's arrays. */
  void keep(float[] d, float[] slope, float[] h, float[] k, TemperedScratch m, int length) {
    within(d, slope, most, m.v, m.w, m.b, length);
    TileMath.fill(m.a, 0, length);
    TileMath.logOfNormalInTwo(m.a, m.b, length);
    lost(d, slope, most, m.v, m.w, m.b, length);
    TileMath.expOfBoundedProduct(-n, m.a, m.b, h, m.c, length);
    if (a == 0) {
      TileMath.fill(k, 1, length);
    } else {
      TileMath.expOfBoundedProduct(-n * a, m.a, m.b, k, m.c, length);
    }
    sumAndMultiply(h, m.w, m.h, m.lanes[0], m.lanes[1], length);
    sumOfProducts(m.h, m.w, m.lanes[2], m.lanes[3], length);
  }

  /**
   * h and k after a small step: with c (1 + ε) in place of c, h becomes h (1 + ε (1 −
   * w))<sup>n</sup> and k the same with n (1 − t1), w being that after the step. Five terms of the
   * binomial series serve while n ε and ε are at most a twentieth. d becomes w.
   *
   * @param slope the slope after the step
   * @param step ε
   */
  void move(
      float[] d, float[] slope, float[] step, float[] h, float[] k, TemperedScratch m, int length) {
    grow(d, slope, step, m.v, length);
    series(n, m.v, h, length);
    series(n * a, m.v, k, length);
  }

  /** d becomes w, and t is n ε (1 − w). */
  private void grow(float[] d, float[] slope, float[] step, float[] t, int length) {
    float scale = (float) n;
    for (int j = 0; j < length; j++) {
      float z = slope[j] * d[j];
      float w = 1 / (1 + z);
      t[j] = scale * step[j] * z * w;
      d[j] = w;
    }
  }

  /** out ·= (1 + t / n)<sup>power</sup>. */
  private void series(double power, float[] t, float[] out, int length) {
    float c1 = term(power, 1);
    float c2 = term(power, 2);
    float c3 = term(power, 3);
    float c4 = term(power, 4);
    float c5 = term(power, 5);
    for (int j = 0; j < length; j++) {
      float x = t[j];
      float before = out[j];
      float p = Math.fma(c5, x, 1);
      p = Math.fma(p, c4 * x, 1);
      p = Math.fma(p, c3 * x, 1);
      p = Math.fma(p, c2 * x, 1);
      out[j] = Math.fma(before, p * (c1 * x), before);
    }
  }

  /** By what the term i − 1 of (1 + t / n)<sup>m</sup> is multiplied, but for t, to give term i. */
  private float term(double m, int i) {
    return (float) ((m - i + 1) / (n * i));
  }

  /** v, twice, and w, where z counts as {@code most} at most. */
  private static void within(
      float[] d, float[] slope, float most, float[] v, float[] w, float[] near, int length) {
    for (int j = 0; j < length; j++) {
      float one = 1 + Math.min(slope[j] * d[j], most);
      v[j] = one;
      w[j] = 1 / one;
      near[j] = one;
    }
  }

  private static void lost(
      float[] d, float[] slope, float most, float[] v, float[] w, float[] near, int length) {
    for (int j = 0; j < length; j++) {
      float z = Math.min(slope[j] * d[j], most);
      near[j] = Math.fma(z - (v[j] - 1), w[j], near[j]);
    }
  }

  /** Leaves h w in {@code hw}, which may be h. */
  static void sumAndMultiply(
      float[] h, float[] w, float[] hw, float[] sumH, float[] sumHw, int length) {
    for (int j = 0; j < length; j++) {
      float x = h[j];
      float product = x * w[j];
      sumH[j] += x;
      sumHw[j] += product;
      hw[j] = product;
    }
  }

  private static void sumOfProducts(
      float[] hw, float[] w, float[] sumHww, float[] sumHwww, int length) {
    for (int j = 0; j < length; j++) {
      float by = w[j];
      float hww = hw[j] * by;
      sumHww[j] += hww;
      sumHwww[j] = Math.fma(hww, by, sumHwww[j]);
    }
  }

  /** The same in one pass, h being w<sup>e</sup>: see {@link #wholePower}. */
  private static void sumOfPowers(
      int e, float[] w, float[] sumH, float[] sumHw, float[] sumHww, float[] sumHwww, int length) {
    float take1 = e & 1;
    float take2 = e >> 1 & 1;
    float take4 = e >> 2;
    float skip1 = 1 - take1;
    float skip2 = 1 - take2;
    float skip4 = 1 - take4;
    for (int j = 0; j < length; j++) {
      float x = w[j];
      float x2 = x * x;
      float h = Math.fma(x, take1, skip1) * Math.fma(x2, take2, skip2);
      h *= Math.fma(x2 * x2, take4, skip4);
      float a = sumH[j] + h;
      float b = Math.fma(h, x, sumHw[j]);
      float c = Math.fma(h, x2, sumHww[j]);
      float f = Math.fma(h, x2 * x, sumHwww[j]);
      sumH[j] = a;
      sumHw[j] = b;
      sumHww[j] = c;
      sumHwww[j] = f;
    }
  }

  /** w and h. */
  void weigh(float[] d, float[] slope, TemperedScratch m, int length) {
    if (s == 0) {
      exponential(d, m, length);
    } else if (!products) {
      exponentialOfLog(d, slope, m.h, m, length);
    } else if (s > 0) {
      reciprocal(d, slope, m.w, length);
      power(m.w, Math.rint(n), m.h, length);
    } else {
      support(d, slope, m.v, m.w, length);
      power(m.v, Math.rint(-n), m.h, length);
    }
  }

  /**
   * As {@link #weighAll}; adds h and h w to the first two lanes and leaves h w in d.
   *
   * @return k
   */
  float[] weighAndSum(float[] d, float[] slope, TemperedScratch m, int length) {
    if (s < 0 || !keepProducts) {
      weighAll(d, slope, m, length);
      sumAndMultiply(m.h, m.w, d, m.lanes[0], m.lanes[1], length);
      return m.k;
    }
    reciprocal(d, slope, m.w, length);
    powerAndSum((int) Math.rint(n), m.w, m.h, d, m.lanes[0], m.lanes[1], length);
    double e = Math.rint(n * a * 2) / 2;
    if (e == 1) {
      return m.w;
    }
    power(m.w, e, m.k, length);
    return m.k;
  }

  /** w, h and k. */
  void weighAll(float[] d, float[] slope, TemperedScratch m, int length) {
    if (keepProducts) {
      weigh(d, slope, m, length);
      power(s > 0 ? m.w : m.v, Math.rint(Math.abs(n) * a * 2) / 2, m.k, length);
    } else if (s == 0) {
      exponential(d, m, length);
      scale(d, (float) -a, m.k, length);
      TileMath.exp(m.k, m.k, m.a, length);
    } else {
      exponentialOfLog(d, slope, m.h, m, length);
      if (a == 0) {
        TileMath.fill(m.k, 1, length);
      } else {
        TileMath.expOfProduct(-n * a, m.a, m.b, m.k, m.c, length);
      }
    }
  }

  /**
   * w, h, k and log h; where h is 0 its logarithm is so low that no finite number matters to it.
   */
  void weighWithLog(float[] d, float[] slope, TemperedScratch m, int length) {
    weighAll(d, slope, m, length);
    if (s == 0) {
      scale(d, -1, m.logH, length);
      return;
    }
    if (keepProducts) {
      base(d, slope, m, length);
      logarithm(d, slope, m, length);
    }
    logarithmOfH(m, (float) -n, length);
  }

  /** v, w and h = e<sup>−n log v</sup>; leaves log v in a and b. */
  private void exponentialOfLog(
      float[] d, float[] slope, float[] h, TemperedScratch m, int length) {
    base(d, slope, m, length);
    logarithm(d, slope, m, length);
    TileMath.expOfProduct(-n, m.a, m.b, h, m.c, length);
    if (s < 0) {
      clip(h, m.v, length);
    }
  }

  private static void exponential(float[] d, TemperedScratch m, int length) {
    scale(d, -1, m.h, length);
    TileMath.exp(m.h, m.h, m.a, length);
    TileMath.fill(m.w, 1, length);
  }

  private static void scale(float[] x, float by, float[] out, int length) {
    for (int j = 0; j < length; j++) {
      out[j] = by * x[j];
    }
  }

  private static void reciprocal(float[] d, float[] slope, float[] w, int length) {
    for (int j = 0; j < length; j++) {
      w[j] = 1 / Math.fma(slope[j], d[j], 1);
    }
  }

  /** v and w. */
  private void base(float[] d, float[] slope, TemperedScratch m, int length) {
    if (s > 0) {
      above(d, slope, m.v, m.w, length);
    } else {
      support(d, slope, m.v, m.w, length);
    }
  }

  private static void above(float[] d, float[] slope, float[] v, float[] w, int length) {
    for (int j = 0; j < length; j++) {
      float one = Math.fma(slope[j], d[j], 1);
      v[j] = one;
      w[j] = 1 / one;
    }
  }

  private static void support(float[] d, float[] slope, float[] v, float[] w, int length) {
    for (int j = 0; j < length; j++) {
      float one = Math.max(Math.fma(slope[j], d[j], 1), 0);
      v[j] = one;
      w[j] = Math.min(one * HUGE, 1) / Math.max(one, TINY);
    }
  }

  /** a + b = log(1 + z) in two floats, from v and w. */
  private static void logarithm(float[] d, float[] slope, TemperedScratch m, int length) {
    TileMath.logInTwo(m.v, m.a, m.b, length);
    lost(d, slope, m.v, m.w, m.b, length);
  }

  /** Adds what v's rounding lost: log(1 + z) is log v + (z − (v − 1)) / v. */
  private static void lost(
      float[] d, float[] slope, float[] v, float[] w, float[] near, int length) {
    for (int j = 0; j < length; j++) {
      near[j] = Math.fma(Math.fma(slope[j], d[j], 1 - v[j]), w[j], near[j]);
    }
  }

  /** 0 outside of the support; logarithms cannot say so. */
  private static void clip(float[] h, float[] v, int length) {
    for (int j = 0; j < length; j++) {
      h[j] *= Math.min(v[j] * HUGE, 1);
    }
  }

  private static void logarithmOfH(TemperedScratch m, float power, int length) {
    float[] far = m.a;
    float[] near = m.b;
    float[] v = m.v;
    float[] logH = m.logH;
    for (int j = 0; j < length; j++) {
      float outside = 1 - Math.min(v[j] * HUGE, 1);
      logH[j] = Math.fma(outside, -1e38f, power * (far[j] + near[j]));
    }
  }

  /** out = x<sup>e</sup>, where e is below 8 and a multiple of a half. */
  private static void power(float[] x, double e, float[] out, int length) {
    wholePower(x, (int) e, out, length);
    if (e != Math.rint(e)) {
      for (int j = 0; j < length; j++) {
        out[j] *= (float) Math.sqrt(x[j]);
      }
    }
  }

  /** The product of x, x² and x⁴, each taken or replaced by 1. */
  private static void wholePower(float[] x, int e, float[] out, int length) {
    float take1 = e & 1;
    float take2 = e >> 1 & 1;
    float take4 = e >> 2;
    float skip1 = 1 - take1;
    float skip2 = 1 - take2;
    float skip4 = 1 - take4;
    for (int j = 0; j < length; j++) {
      float x1 = x[j];
      float x2 = x1 * x1;
      float low = Math.fma(x1, take1, skip1) * Math.fma(x2, take2, skip2);
      out[j] = low * Math.fma(x2 * x2, take4, skip4);
    }
  }

  /** The same for w, with h w and the sums. */
  private static void powerAndSum(
      int e, float[] w, float[] h, float[] hw, float[] sumH, float[] sumHw, int length) {
    float take1 = e & 1;
    float take2 = e >> 1 & 1;
    float take4 = e >> 2;
    float skip1 = 1 - take1;
    float skip2 = 1 - take2;
    float skip4 = 1 - take4;
    for (int j = 0; j < length; j++) {
      float x1 = w[j];
      float x2 = x1 * x1;
      float low = Math.fma(x1, take1, skip1) * Math.fma(x2, take2, skip2);
      float all = low * Math.fma(x2 * x2, take4, skip4);
      float product = all * x1;
      float a = sumH[j] + all;
      float b = sumHw[j] + product;
      h[j] = all;
      hw[j] = product;
      sumH[j] = a;
      sumHw[j] = b;
    }
  }
}
