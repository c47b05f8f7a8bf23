package org.perdita.internal;

import java.nio.FloatBuffer;

/**
 * Elementary functions of whole tiles, in float.
 *
 * <p>Each is a few counted loops without branches, short enough for the JIT to turn into SIMD; what
 * moves bits between floats and ints is {@link TileBits}'s. Everywhere {@code n} elements are
 * worked on, at most {@link Tile#SIZE}; an input array may be the output array, and a scratch array
 * may be neither. Not a number stays not a number.
 *
 * <p>exp is 2<sup>k</sup> e<sup>r</sup> with |r| ≤ ln 2 / 2, log is k ln 2 + log(1 + f) with |f| ≤
 * 1/3; the polynomials are minimax fits of relative error 3e-9 (exp), 4e-8 (log) and 5e-9 (atanh),
 * their coefficients rounded to float one after the other, each time fitting those left.
 */
public final class TileMath {
  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two floats, the first with so few bits that its products with exponents are exact. */
  private static final float LN2_HIGH = 0x1.63p-1f;

  private static final float LN2_LOW = -2.1219444e-4f;

  /** Adding it rounds to an integer, which then stands in the sum's low bits. */
  static final float ROUND = 0x1.8p23f;

  private TileMath() {}

  /**
   * out = {@code to}. Not {@link java.util.Arrays#fill}: whoever else in the process fills a few
   * floats with that has it compiled for a few.
   */
  public static void fill(float[] out, float to, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = to;
    }
  }

  /** What a buffer's own bulk get does, without its checks where it lies on the heap. */
  static void get(FloatBuffer from, int at, float[] to, int n) {
    if (from.hasArray()) {
      System.arraycopy(from.array(), from.arrayOffset() + at, to, 0, n);
    } else {
      from.get(at, to, 0, n);
    }
  }

  /** The same for a bulk put. */
  static void put(float[] from, FloatBuffer to, int at, int n) {
    if (to.hasArray()) {
      System.arraycopy(from, 0, to.array(), to.arrayOffset() + at, n);
    } else {
      to.put(at, from, 0, n);
    }
  }

  /**
   * The sum of the first {@code n} of {@code a} in double, in four chains, for one would wait for
   * itself. What stands after them, up to a multiple of four, is 0.
   */
  static double sum(float[] a, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int j = 0; j < n; j += 4) {
      s0 += a[j];
      s1 += a[j + 1];
      s2 += a[j + 2];
      s3 += a[j + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /**
   * out = e<sup>x</sup>, to 1e-7. Below −87.68 it is 0; above 88.37 it is infinite.
   *
   * @param scratch overwritten
   */
  public static void exp(float[] x, float[] out, float[] scratch, int n) {
    for (int j = 0; j < n; j++) {
      float a = Math.min(Math.max(x[j], -88), 88.7f);
      float rounded = Math.fma(a, LOG2_E, ROUND);
      float k = rounded - ROUND;
      float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, a));
      scratch[j] = rounded;
      out[j] = expOfRemainder(r);
    }
    timesPowerOfTwo(out, scratch, n);
  }

  /** out · power = e<sup>−|x|</sup>, as {@link #exp}, where power is a power of two. */
  public static void expOfMinusAbs(float[] x, float[] out, float[] power, int n) {
    for (int j = 0; j < n; j++) {
      float a = Math.min(Math.abs(x[j]), 88);
      float rounded = Math.fma(a, -LOG2_E, ROUND);
      float k = rounded - ROUND;
      float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, -a));
      power[j] = rounded;
      out[j] = expOfRemainder(r);
    }
    TileBits.own().powersOfTwo(power, n);
  }

  /**
   * out = e<sup>x − top</sup> where no x is above its top, to 1e-7 of what the rounded difference
   * gives. Below −87.68 it is 0.
   *
   * @param scratch overwritten
   */
  public static void expBelow(float[] x, float[] top, float[] out, float[] scratch, int n) {
    for (int j = 0; j < n; j++) {
      float a = Math.max(x[j] - top[j], -88);
      float rounded = Math.fma(a, LOG2_E, ROUND);
      float k = rounded - ROUND;
      float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, a));
      scratch[j] = rounded;
      out[j] = expOfRemainder(r);
    }
    timesPowerOfTwo(out, scratch, n);
  }

  /**
   * out = log x, to 2e-7 relative. Numbers below 2<sup>−126</sup> count as 2<sup>−126</sup>,
   * infinity as the largest float.
   *
   * @param scratch overwritten
   */
  public static void log(float[] x, float[] out, float[] scratch, int n) {
    logInTwo(x, scratch, out, n);
    for (int j = 0; j < n; j++) {
      out[j] += scratch[j];
    }
  }

  /**
   * far + near = log x, where far is a multiple of 0.693359375 and exact, and |near| &lt; 0.5: what
   * a power needs to keep its digits.
   */
  public static void logInTwo(float[] x, float[] far, float[] near, int n) {
    for (int j = 0; j < n; j++) {
      float a = Math.min(Math.max(x[j], Float.MIN_NORMAL), Float.MAX_VALUE);
      near[j] = a;
      far[j] = 0 * a; // 0, or not a number, which the bits below would lose
    }
    logOfNormalInTwo(far, near, n);
  }

  /**
   * The same, from x in {@code near} where it is a positive normal number, and 0 in {@code far}.
   * Not a number becomes one here.
   */
  public static void logOfNormalInTwo(float[] far, float[] near, int n) {
    TileBits.own().split(near, far, n);
    for (int j = 0; j < n; j++) {
      float f = near[j] - 1;
      float p = Math.fma(f, 0.13821267f, -0.1512282f);
      p = Math.fma(f, p, 0.1404209f);
      p = Math.fma(f, p, -0.16472234f);
      p = Math.fma(f, p, 0.20007934f);
      p = Math.fma(f, p, -0.2500424f);
      p = Math.fma(f, p, 0.33333266f);
      float k = far[j];
      float tail = Math.fma(f * f, Math.fma(f, p, -0.5f), k * LN2_LOW);
      near[j] = f + tail;
      far[j] = k * LN2_HIGH;
    }
  }

  /** out = log(1 + x) for x in [0, 1], to 2e-7 relative, as 2 atanh(x / (2 + x)). */
  public static void log1p(float[] x, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      float z = x[j] / (2 + x[j]);
      out[j] = twiceAtanh(z);
    }
  }

  /**
   * out = x<sup>p</sup> for x &gt; 0, to 4e-7 where |p| ≤ 5. Below 2<sup>−126.5</sup> it is 0,
   * above 2<sup>127.5</sup> infinite.
   *
   * @param s1 overwritten
   * @param s2 overwritten
   */
  public static void pow(float[] x, double p, float[] out, float[] s1, float[] s2, int n) {
    logInTwo(x, s1, s2, n);
    expOfProduct(p, s1, s2, out, s1, n);
  }

  /**
   * out = e<sup>p (far + near)</sup>. p far is taken in two floats, or an exponent of 80 would cost
   * the last seven bits.
   *
   * @param scratch overwritten; may be {@code far}
   */
  public static void expOfProduct(
      double p, float[] far, float[] near, float[] out, float[] scratch, int n) {
    float high = (float) p;
    float low = (float) (p - high);
    for (int j = 0; j < n; j++) {
      float f = far[j];
      float a = high * f;
      float b = Math.fma(high, near[j], Math.fma(low, f, Math.fma(high, f, -a)));
      float rounded = Math.fma(Math.min(Math.max(a + b, -88), 88.7f), LOG2_E, ROUND);
      float k = rounded - ROUND;
      float rest = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, a) + b);
      float r = Math.max(rest, -1000); // beyond a half only where the power is 0 or infinite
      scratch[j] = rounded;
      out[j] = expOfRemainder(r);
    }
    timesPowerOfTwo(out, scratch, n);
  }

  /**
   * The same where −87 ≤ p (far + near) ≤ 88, which spares what keeps others in range.
   *
   * @param scratch overwritten; may be {@code far}
   */
  public static void expOfBoundedProduct(
      double p, float[] far, float[] near, float[] out, float[] scratch, int n) {
    float high = (float) p;
    float low = (float) (p - high);
    for (int j = 0; j < n; j++) {
      float f = far[j];
      float a = high * f;
      float b = Math.fma(high, near[j], Math.fma(low, f, Math.fma(high, f, -a)));
      float rounded = Math.fma(a + b, LOG2_E, ROUND);
      float k = rounded - ROUND;
      scratch[j] = rounded;
      out[j] = expOfRemainder(Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, a) + b));
    }
    timesPowerOfTwo(out, scratch, n);
  }

  /** e<sup>r</sup> for |r| ≤ ln 2 / 2. */
  private static float expOfRemainder(float r) {
    float p = Math.fma(r, 0.0013818742f, 0.008368721f);
    p = Math.fma(r, p, 0.041668292f);
    p = Math.fma(r, p, 0.16666521f);
    p = Math.fma(r, p, 0.49999994f);
    return 1 + Math.fma(r * r, p, r);
  }

  /** log(1 + x) from z = x / (2 + x): 2 atanh z for z in [0, 1/3]. */
  public static float twiceAtanh(float z) {
    float q = z * z;
    float p = Math.fma(q, 0.14003442f, 0.14001508f);
    p = Math.fma(q, p, 0.20010719f);
    p = Math.fma(q, p, 0.3333321f);
    return 2 * Math.fma(z * q, p, z);
  }

  /**
   * out ·= 2<sup>k</sup> for −127 ≤ k ≤ 128, where {@code rounded} holds {@link #ROUND} + k:
   * shifting the sum's bits drops all but k. 2<sup>−127</sup> counts as 0, 2<sup>128</sup> is
   * infinite.
   */
  private static void timesPowerOfTwo(float[] out, float[] rounded, int n) {
    TileBits.own().powersOfTwo(rounded, n);
    for (int j = 0; j < n; j++) {
      out[j] *= rounded[j];
    }
  }
}
