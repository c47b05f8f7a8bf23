package org.perdita.classification;

import org.perdita.internal.TileMath;

/**
 * What one class of a unit adds to the bi-tempered loss, with a = 1 − t1:
 *
 * <pre>    b(y, p) = y (log_t1 y − log_t1 p) − (y<sup>1 + a</sup> − p<sup>1 + a</sup>) / (1 + a),
 * </pre>
 *
 * which is never negative, and 0 where p = y. It is written in two ways. Far from p = y as
 *
 * <pre>    b = (y T + p<sup>a</sup> (p − y)) / (1 + a),    T = (y<sup>a</sup> − p<sup>a</sup>) / a,
 * </pre>
 *
 * and within half of y, where that cancels, with R = (y − p) / y as
 *
 * <pre>
 *     b = y<sup>1 + a</sup> (1 − e<sup>−z</sup>) / (a (1 + a)),    z / a = −log(1 − R) − R + R − log(1 + a R) / a,
 * </pre>
 *
 * both halves of z / a by series without their first term. a = 0 needs no case of its own.
 */
final class BregmanDivergence {
  private static final float LEAST = 1e-37f;

  private final float a;

  /** 1 / a, or 0 for a = 0, where nothing that it multiplies is taken. */
  private final float overA;

  private final float overOnePlusA;

  BregmanDivergence(double a) {
    this.a = (float) a;
    this.overA = a == 0 ? 0 : (float) (1 / a);
    this.overOnePlusA = (float) (1 / (1 + a));
  }

  /**
   * {@code m.out} = b(y, p) from {@code m.y}, {@code m.logP} = log p, and {@code m.gap} = y − p,
   * which is given because its digits come from elsewhere where p tends to 1.
   */
  void evaluate(TemperedScratch m, int n) {
    atLeast(m.y, m.out, n);
    TileMath.log(m.out, m.out, m.a, n);
    scale(m.out, m.c, n);
    TileMath.exp(m.c, m.c, m.a, n);
    fromPowerOfY(m, n);
  }

  /** The same for y = 1. */
  void evaluateAtOne(TemperedScratch m, int n) {
    TileMath.fill(m.y, 1, n);
    TileMath.fill(m.out, 0, n);
    TileMath.fill(m.c, 1, n);
    fromPowerOfY(m, n);
  }

  /** From log y in {@code out} and its power in {@code c}. */
  private void fromPowerOfY(TemperedScratch m, int n) {
    float[] powerOfY = m.c;
    float[] powerOfP = m.d;
    scale(m.logP, powerOfP, n);
    TileMath.exp(powerOfP, powerOfP, m.a, n);
    tangent(m.out, m.logP, powerOfY, powerOfP, m.a, n);
    far(m.y, m.a, powerOfP, m.gap, m.out, n);
    ratio(m.y, m.gap, m.b, n);
    bendOfLog(m.b, m.a, n);
    bendOfScaledLog(m.b, m.a, n);
    near(m.y, powerOfY, m.a, m.b, n);
    choose(m.y, m.gap, m.b, m.out, n);
  }

  private void scale(float[] log, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = a * log[j];
    }
  }

  private static void atLeast(float[] y, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.max(y[j], LEAST);
    }
  }

  /** T, as max(y, p)^a E (1 − e^−z) / z with E = log(y / p) and z = a |E| where z is small. */
  private void tangent(float[] logY, float[] logP, float[] ofY, float[] ofP, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      float e = logY[j] - logP[j];
      out[j] = Math.max(ofY[j], ofP[j]) * e * decay(Math.min(a * Math.abs(e), 0.5f));
    }
    for (int j = 0; j < n; j++) {
      float z = a * Math.abs(logY[j] - logP[j]);
      float large = Math.min(Math.max((z - 0.5f) * 1e38f, 0), 1);
      out[j] = Math.fma(large, (ofY[j] - ofP[j]) * overA, (1 - large) * out[j]);
    }
  }

  private void far(float[] y, float[] tangent, float[] ofP, float[] gap, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = (y[j] * tangent[j] - ofP[j] * gap[j]) * overOnePlusA;
    }
  }

  /** R, held in [−½, ½]. */
  private static void ratio(float[] y, float[] gap, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.min(Math.max(gap[j] / Math.max(y[j], LEAST), -0.5f), 0.5f);
    }
  }

  /** out = −log(1 − R) − R. */
  private static void bendOfLog(float[] ratio, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      float r = ratio[j];
      float f = r / (2 - r);
      out[j] = Math.fma(2 * f * f * f, tail(f * f), r * f);
    }
  }

  /** out += R − log(1 + a R) / a. */
  private void bendOfScaledLog(float[] ratio, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      float r = ratio[j];
      float h = r / Math.fma(a, r, 2);
      float g = a * h;
      out[j] += Math.fma(-2 * h * g * g, tail(g * g), r * g);
    }
  }

  /** out = b from z / a, for |R| ≤ ½. */
  private void near(float[] y, float[] powerOfY, float[] bent, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = y[j] * powerOfY[j] * overOnePlusA * bent[j] * decay(a * bent[j]);
    }
  }

  /** out = near where |R| ≤ ½. */
  private static void choose(float[] y, float[] gap, float[] near, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      float away = Math.min(Math.max((Math.abs(gap[j]) - 0.5f * y[j]) * 1e38f, 0), 1);
      out[j] = Math.fma(away, out[j], (1 - away) * near[j]);
    }
  }

  /** (1 − e^−z) / z for z in [0, ½]. */
  private static float decay(float z) {
    float p = Math.fma(z, -1 / 40320f, 1 / 5040f);
    p = Math.fma(z, p, -1 / 720f);
    p = Math.fma(z, p, 1 / 120f);
    p = Math.fma(z, p, -1 / 24f);
    p = Math.fma(z, p, 1 / 6f);
    p = Math.fma(z, p, -1 / 2f);
    return Math.fma(z, p, 1);
  }

  /** (atanh f − f) / f³ for f² = q ≤ 1/9. */
  private static float tail(float q) {
    float p = Math.fma(q, 1 / 13f, 1 / 11f);
    p = Math.fma(q, p, 1 / 9f);
    p = Math.fma(q, p, 1 / 7f);
    p = Math.fma(q, p, 1 / 5f);
    return Math.fma(q, p, 1 / 3f);
  }
}
