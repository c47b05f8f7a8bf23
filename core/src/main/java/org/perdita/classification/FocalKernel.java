package org.perdita.classification;

import org.perdita.internal.ElementKernel;
import org.perdita.internal.Tile;
import org.perdita.internal.TileMath;

/**
 * The focal loss over a tile, in the notation of {@link Logistic}: with c for cross-entropy, m for
 * its slope along |x| and q = 1 − p<sub>t</sub> = r (h + e (1 − h)),
 *
 * <pre>
 * v  = q^γ c
 * v' = q^γ (m − γ c ρ),   ρ = −q' / q = (1 − 2h) e r / (h + e (1 − h))
 * </pre>
 *
 * where for a hard target on the right side ρ is r, so that nothing is divided by the vanishing q.
 */
record FocalKernel(Alpha.Balance alpha, double gamma) implements ElementKernel {
  private static final int FAR = Logistic.FREE;
  private static final int NEAR = Logistic.FREE + 1;
  private static final int POWER = Logistic.FREE + 2;

  /** log(1 + e). */
  private static final int LOG = Logistic.FREE + 3;

  /** Where e^(−|x|) has long been 0: farther logits cost the same. */
  private static final float FAR_ENOUGH = 128;

  @Override
  public void evaluate(Tile tile, int n) {
    if (gamma == 0 || gamma == 1 || gamma == 2) {
      Logistic.crossEntropy(tile, n);
    } else {
      Logistic.crossEntropy(tile, tile.t[LOG], n);
    }
    float[] e = tile.t[Logistic.E];
    float[] r = tile.t[Logistic.R];
    float[] wrong = tile.t[Logistic.WRONG];
    if (gamma == 0) {
      Logistic.slopes(tile, n);
    } else if (gamma == 1) {
      slopeOfFirst(e, r, wrong, tile.v, tile.g, n);
      first(e, r, wrong, tile.v, n);
    } else if (gamma == 2) {
      slopeOfSecond(e, r, wrong, tile.v, tile.g, n);
      second(e, r, wrong, tile.v, n);
    } else {
      Logistic.slopes(tile, n);
      float[] power = tile.t[POWER];
      float[] rho = tile.t[FAR];
      logOfWrongProbability(tile, n);
      TileMath.expOfProduct(gamma, tile.t[FAR], tile.t[NEAR], power, tile.t[FAR], n);
      steepness(e, r, wrong, rho, n);
      times(power, rho, tile.v, tile.g, n);
    }
    alpha.multiply(tile, n);
  }

  /** q m + q' c, with q' = −e r² (1 − 2h). */
  private static void slopeOfFirst(
      float[] e, float[] r, float[] wrong, float[] c, float[] g, int n) {
    for (int j = 0; j < n; j++) {
      float h = wrong[j];
      float right = e[j] * (1 - h);
      float size = Math.abs(r[j]);
      float m = r[j] * (h - right);
      float q = size * (h + right);
      float drop = e[j] * r[j] * size * (1 - 2 * h);
      g[j] = Math.fma(q, m, -c[j] * drop);
    }
  }

  /** q c. */
  private static void first(float[] e, float[] r, float[] wrong, float[] v, int n) {
    for (int j = 0; j < n; j++) {
      float h = wrong[j];
      v[j] *= Math.abs(r[j]) * Math.fma(e[j], 1 - h, h);
    }
  }

  /** q (q m + 2 q' c). */
  private static void slopeOfSecond(
      float[] e, float[] r, float[] wrong, float[] c, float[] g, int n) {
    for (int j = 0; j < n; j++) {
      float h = wrong[j];
      float right = 1 - h;
      float side = r[j];
      float size = Math.abs(side);
      float far = e[j];
      float q = size * Math.fma(far, right, h);
      float m = side * Math.fma(-far, right, h);
      float drop = far * side * size * (right - h);
      g[j] = q * Math.fma(q, m, c[j] * (-2 * drop));
    }
  }

  /** q² c. */
  private static void second(float[] e, float[] r, float[] wrong, float[] v, int n) {
    for (int j = 0; j < n; j++) {
      float h = wrong[j];
      float q = r[j] * Math.fma(e[j], 1 - h, h);
      v[j] = v[j] * q * q;
    }
  }

  /** ρ. */
  private static void steepness(float[] e, float[] r, float[] wrong, float[] rho, int n) {
    for (int j = 0; j < n; j++) {
      float h = wrong[j];
      float right = 1 - h;
      float a = Math.max(Math.fma(e[j], right, h), Float.MIN_NORMAL);
      rho[j] = (right - h) * r[j] * (e[j] / a);
    }
  }

  /** v and v' from q^γ and ρ. */
  private void times(float[] power, float[] rho, float[] v, float[] g, int n) {
    float exponent = (float) gamma;
    for (int j = 0; j < n; j++) {
      float c = v[j];
      float p = power[j];
      g[j] = p * Math.fma(c, -exponent * rho[j], g[j]);
      v[j] = c * p;
    }
  }

  /**
   * log q in two floats: log(h + e (1 − h)) − log(1 + e), of which the first is just −|x| or 0 when
   * the target is hard.
   */
  private static void logOfWrongProbability(Tile tile, int n) {
    float[] far = tile.t[FAR];
    float[] near = tile.t[NEAR];
    float[] soft = tile.t[POWER];
    float[] wrong = tile.t[Logistic.WRONG];
    if (tile.isHard(n)) {
      hard(tile.x, wrong, tile.t[LOG], far, near, n);
    } else {
      mass(tile.t[Logistic.E], wrong, soft, n);
      TileMath.logInTwo(soft, far, near, n);
      indicate(tile.y, soft, n);
      blend(tile.x, wrong, soft, far, n);
      difference(soft, near, tile.t[LOG], n);
    }
  }

  private static void hard(float[] x, float[] wrong, float[] l, float[] far, float[] near, int n) {
    for (int j = 0; j < n; j++) {
      far[j] = Math.min(Math.abs(x[j]), FAR_ENOUGH) * (wrong[j] - 1);
      near[j] = -l[j];
    }
  }

  private static void mass(float[] e, float[] wrong, float[] a, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = Math.fma(e[j], 1 - wrong[j], wrong[j]);
    }
  }

  /** 0 where the target is hard, else 1. */
  private static void indicate(float[] y, float[] soft, int n) {
    for (int j = 0; j < n; j++) {
      soft[j] = Math.min(y[j] * (1 - y[j]) * 0x1p126f * 0x1p126f, 1);
    }
  }

  /** A hard target among soft ones gets the bits it gets among hard ones. */
  private static void blend(float[] x, float[] wrong, float[] soft, float[] far, int n) {
    for (int j = 0; j < n; j++) {
      float hard = Math.min(Math.abs(x[j]), FAR_ENOUGH) * (wrong[j] - 1);
      far[j] = soft[j] * far[j] + (1 - soft[j]) * hard;
    }
  }

  private static void difference(float[] soft, float[] near, float[] l, int n) {
    for (int j = 0; j < n; j++) {
      near[j] = Math.fma(soft[j], near[j], -l[j]);
    }
  }

  /** q^γ (e r² − 2 γ m ρ + γ c ρ ((γ − 1) ρ + (1 − e) r)), the same on both sides of 0. */
  @Override
  public double curvature(double x, double y, int k) {
    double h = x > 0 ? 1 - y : y;
    double e = Math.exp(-Math.abs(x));
    double r = 1 / (1 + e);
    double a = Math.max(h + e * (1 - h), Double.MIN_NORMAL);
    double rho = (1 - 2 * h) * r * e / a;
    double c = Math.log1p(e) + h * Math.abs(x);
    double m = r * (h - e * (1 - h));
    double power = Math.exp(gamma * (Math.log(a) - Math.log1p(e)));
    return alpha.of(y, k)
        * power
        * (e * r * r - 2 * gamma * m * rho + gamma * c * rho * ((gamma - 1) * rho + (1 - e) * r));
  }

  @Override
  public int classes() {
    return alpha.classes();
  }
}
