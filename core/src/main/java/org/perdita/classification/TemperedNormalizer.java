package org.perdita.classification;

import org.perdita.internal.Block;
import org.perdita.internal.TileMath;

/**
 * Finds what makes tempered probabilities sum to 1: the cost ℓ = −log q of the likeliest class,
 * which solves ℓ = log Z(ℓ), where Z = Σ h and h = (1 + s r d)<sup>−1/s</sup> with r =
 * e<sup>−sℓ</sup> (see {@link TemperedPowers}).
 *
 * <p>With c = 1 / r and S(c) = Σ (c + s d)<sup>−1/s</sup> that is g(c) = S(c)<sup>−s</sup> = 1. For
 * one class g is a straight line, for many it is nearly one; so with c (1 + ε) in place of c, and w
 * = 1 / (1 + s r d), it is expanded as
 *
 * <pre>
 *     g (1 + ε) / g = 1 + a<sub>1</sub> ε − (n + 1) μ<sub>2</sub> ε² / 2 + (n + 1) ((n + 2) μ<sub>3</sub> + 3 a<sub>1</sub> μ<sub>2</sub>) ε³ / 6 + …
 * </pre>
 *
 * where a<sub>1</sub>, μ<sub>2</sub> and μ<sub>3</sub> are mean and central moments of w under the
 * weights h / Z, three sums of products. A step inverts the series to that order; far from the
 * solution it is Newton's, from the first term alone, which passes the solution at most once as g
 * is concave or convex. The digits of the moments come from 1 − w, as they vanish where q tends to
 * 1.
 *
 * <p>The first c is where the classes' mean distance and variance put the solution. One or two
 * steps are needed in all.
 */
final class TemperedNormalizer {
  /** After a step this small the solution is known to 1e-7 at least, for s above 0. */
  private static final float SMALL_STEP = 0.05f;

  /** Below 0 classes may enter the support, which no series foresees: one term less is taken. */
  private static final double SMALL_STEP_WITH_SUPPORT = 1e-3;

  /**
   * Farther than this from the solution, in log c or in terms of the series, steps are Newton's.
   */
  private static final float NEAR = 0.25f;

  /** Distances count as so much at most in what only places the first step. */
  private static final float FAR = 0x1p50f;

  /** Never met; a bound for what is not a number. */
  private static final int STEPS = 100;

  private final TemperedPowers powers;
  private final float s;
  private final float n;
  private final float tolerance;

  TemperedNormalizer(TemperedPowers powers) {
    this.powers = powers;
    this.s = (float) powers.s;
    this.n = (float) powers.n;
    this.tolerance =
        powers.s > 0
            ? (float) (SMALL_STEP * Math.min(powers.n, 1))
            : (float) (SMALL_STEP_WITH_SUPPORT / (1 - powers.s));
  }

  /**
   * Turns x into distances to each unit's largest logit, leaves Σ d and Σ d² in {@code m.sumH} and
   * {@code m.sumHw}, and takes the likeliest class out of the block: it changes places with the
   * last one, and the block counts one class less, so that sums over the block keep the digits of 1
   * − p. {@link #restore} undoes that.
   */
  void apart(Block b, TemperedScratch m) {
    // Farther than that s d would overflow.
    float far = (float) (Float.MAX_VALUE / (4 + 4 * Math.abs(powers.s)));
    for (int strip = 0; strip < b.strips(); strip++) {
      float[][] x = b.x[strip];
      b.fill(m.a, Float.NEGATIVE_INFINITY);
      for (int t = 0; t < b.tiles(); t++) {
        raise(m.a, x[t], b.length(t));
      }
      b.max(strip, m.a, m.b);
      b.spread(strip, m.b, m.a);
      b.fill(m.lanes[0], 0);
      b.fill(m.lanes[1], 0);
      for (int t = 0; t < b.tiles(); t++) {
        distance(x[t], m.a, far, m.lanes[0], m.lanes[1], b.length(t));
      }
      b.sum(strip, m.lanes[0], m.sumH);
      b.sum(strip, m.lanes[1], m.sumHw);
    }
    b.findZero(b.x, b.bits);
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

  /** x becomes its distance d; gathers Σ d and Σ d². */
  private static void distance(
      float[] x, float[] top, float far, float[] sum, float[] squares, int length) {
    for (int j = 0; j < length; j++) {
      float d = Math.min(top[j] - x[j], far);
      float bounded = Math.min(d, FAR);
      x[j] = d;
      sum[j] += d;
      squares[j] = Math.fma(bounded, bounded, squares[j]);
    }
  }

  private static void exchange(Block b, float[][][] strips) {
    for (int j = 0; j < b.units; j++) {
      float likeliest = b.at(strips, b.bits[j], j);
      b.set(strips, b.bits[j], j, b.at(strips, b.classes - 1, j));
      b.set(strips, b.classes - 1, j, likeliest);
    }
  }

  /** Finds cost and slope of a block whose likeliest classes are apart. */
  void solve(Block b, TemperedScratch m) {
    solve(b, false, m);
  }

  /**
   * The same, and leaves h in g and k in {@code m.kept}, both at the slope {@code m.used} of the
   * last sums, and the step from there to the solution in {@code m.step}.
   */
  void solveAndKeep(Block b, TemperedScratch m) {
    m.keep(b);
    solve(b, true, m);
  }

  private void solve(Block b, boolean keeping, TemperedScratch m) {
    if (s == 0) {
      TileMath.fill(m.used, 0, b.width());
      TileMath.fill(m.slope, 0, b.width());
      TileMath.fill(m.open, 1, b.width());
      sums(b, false, m);
      logOfOnePlus(m.sumH, m.cost, m.a, m.b, b.width());
      return;
    }
    start(b, m);
    TileMath.fill(m.open, 1, b.width());
    TileMath.fill(m.used, 0, b.width());
    TileMath.fill(m.step, 0, b.width());
    int steps = 0;
    do {
      replace(m.used, m.slope, m.open, b.width());
      sums(b, keeping, m);
      step(m, b.width());
      slope(m, b.width());
    } while (anyOpen(m.open, b.units) && ++steps < STEPS);
  }

  /** x = y where the solver goes on. */
  private static void replace(float[] x, float[] y, float[] open, int length) {
    for (int j = 0; j < length; j++) {
      x[j] = open[j] * y[j] + (1 - open[j]) * x[j];
    }
  }

  private static boolean anyOpen(float[] open, int units) {
    for (int j = 0; j < units; j++) {
      if (open[j] > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Were all distances their mean d̄, c would be K<sup>s</sup> − s d̄. Their variance V raises
   * K<sup>s</sup> to (K + K (n + 1) n s² V / (2 K<sup>2s</sup>))<sup>s</sup>, to second order.
   */
  private void start(Block b, TemperedScratch m) {
    int classes = b.classes + 1;
    double power = Math.exp(Math.min(powers.s * Math.log(classes), 69));
    firstC(m.sumH, m.sumHw, m.c, classes, (float) power, b.width());
    firstSlope(m.c, m.slope, b.width());
    logOfOnePlus(m.c, m.cost, m.a, m.b, b.width());
    scale(m.cost, n, b.width());
  }

  private void firstC(
      float[] sum, float[] squares, float[] c, int classes, float power, int length) {
    float share = 1f / classes;
    float most = s > 0 ? Float.MAX_VALUE : 0;
    float least = s > 0 ? 0 : -1;
    float rise = s > 0 ? (1 + s) / 2 / power / power : 0;
    float bend = Math.max((1 - s) / 2, 0);
    for (int j = 0; j < length; j++) {
      float mean = share * sum[j];
      float variance = Math.fma(share, squares[j], -Math.min(mean, FAR) * Math.min(mean, FAR));
      float y = Math.min(Math.max(rise * variance, 0), 1);
      float raised = s * y / Math.fma(bend, y, 1);
      float first = Math.fma(power, raised, power - 1) - s * mean;
      c[j] = Math.min(Math.max(first, least), most);
    }
  }

  private void firstSlope(float[] c, float[] slope, int length) {
    for (int j = 0; j < length; j++) {
      slope[j] = s / (1 + c[j]);
    }
  }

  private static void scale(float[] x, float by, int length) {
    for (int j = 0; j < length; j++) {
      x[j] *= by;
    }
  }

  /** slope = s r. */
  private void slope(TemperedScratch m, int length) {
    for (int j = 0; j < length; j++) {
      m.slope[j] = -s * m.cost[j];
    }
    TileMath.exp(m.slope, m.slope, m.a, length);
    scale(m.slope, s, length);
  }

  /** Σ h w<sup>i</sup>, i = 0 … 3, over the classes but the likeliest, where the solver goes on. */
  private void sums(Block b, boolean keeping, TemperedScratch m) {
    for (int strip = 0; strip < b.strips(); strip++) {
      if (b.strips() == 1 || m.open[strip] != 0) {
        sums(b, strip, keeping, m);
      }
    }
  }

  private void sums(Block b, int strip, boolean keeping, TemperedScratch m) {
    b.spread(strip, m.used, m.slopes);
    for (int i = 0; i < 4; i++) {
      b.fill(m.lanes[i], 0);
    }
    for (int t = 0; t < b.tiles(); t++) {
      if (keeping) {
        powers.keep(b.x[strip][t], m.slopes, b.g[strip][t], m.kept[strip][t], m, b.length(t));
      } else {
        powers.sum(b.x[strip][t], m.slopes, m, b.length(t));
      }
    }
    b.sum(strip, m.lanes[0], m.sumH);
    b.sum(strip, m.lanes[1], m.sumHw);
    b.sum(strip, m.lanes[2], m.sumHww);
    b.sum(strip, m.lanes[3], m.sumHwww);
  }

  /**
   * One step of each unit's cost. A unit whose step was small is left as it is while others go on,
   * so that its bits do not depend on its neighbours.
   */
  private void step(TemperedScratch m, int length) {
    float[] delta = m.c;
    float[] tau = m.d;
    float[] epsilon = m.y;
    logOfOnePlus(m.sumH, delta, m.a, m.b, length);
    difference(delta, m.cost, delta, tau, length);
    TileMath.exp(tau, tau, m.a, length);
    minusOne(delta, tau, length);
    complement(m.sumH, m.sumHw, m.p, length);
    complement(m.sumH, m.sumHww, m.logP, length);
    complement(m.sumH, m.sumHwww, m.gap, length);
    terms(m.p, m.logP, m.gap, m.v, length);
    invert(tau, m.p, m.v, m.gap, epsilon, length);
    replace(m.step, epsilon, m.open, length);
    logOfOnePlus(epsilon, epsilon, m.a, m.b, length);
    move(epsilon, m.cost, m.open, length);
  }

  /** δ = log Z − ℓ, held where e<sup>sδ</sup> is finite; times s also in {@code out}. */
  private void difference(float[] logZ, float[] cost, float[] delta, float[] out, int length) {
    for (int j = 0; j < length; j++) {
      float x = Math.min(Math.max(s * (logZ[j] - cost[j]), -40), 40);
      delta[j] = x;
      out[j] = x;
    }
  }

  /** exp = e<sup>x</sup> becomes e<sup>x</sup> − 1, by a series where x is small. */
  private static void minusOne(float[] x, float[] exp, int length) {
    for (int j = 0; j < length; j++) {
      float y = Math.min(Math.max(x[j], -NEAR), NEAR);
      float p = Math.fma(y, 1 / 720f, 1 / 120f);
      p = Math.fma(y, p, 1 / 24f);
      p = Math.fma(y, p, 1 / 6f);
      p = Math.fma(y, p, 0.5f);
      p = Math.fma(y * y, p, y);
      float far = Math.min(Math.max((Math.abs(x[j]) - NEAR) * 1e38f, 0), 1);
      exp[j] = Math.fma(far, exp[j] - 1 - p, p);
    }
  }

  /** 1 minus the mean of w<sup>i</sup>, from the sum of h w<sup>i</sup>. */
  private static void complement(float[] h, float[] hw, float[] out, int length) {
    for (int j = 0; j < length; j++) {
      out[j] = (h[j] - hw[j]) / (1 + h[j]);
    }
  }

  /**
   * The second and third term of the inverted series, as shares of the first, for a τ of 1: from
   * the complements of w's mean powers; the third takes the last one's place.
   */
  private void terms(float[] b1, float[] b2, float[] b3, float[] second, int length) {
    moments(b1, b2, b3, second, length);
    float square = -(n + 1) / 2;
    float cube = s > 0 ? (n + 1) / 6 : 0;
    thirdTerm(b1, second, cube * (n + 2), 3 * cube, b3, length);
    secondTerm(b1, square, second, length);
  }

  private static void thirdTerm(
      float[] b1, float[] mu2, float ofThird, float ofSecond, float[] mu3, int length) {
    for (int j = 0; j < length; j++) {
      float over = 1 / (1 - b1[j]);
      float both = Math.fma(ofThird, mu3[j] * over, ofSecond * mu2[j]);
      mu3[j] = both * over * over;
    }
  }

  private static void secondTerm(float[] b1, float by, float[] mu2, int length) {
    for (int j = 0; j < length; j++) {
      float over = 1 / (1 - b1[j]);
      mu2[j] = by * mu2[j] * over * over;
    }
  }

  /** The second central moment, and the third in the third complement's place. */
  private static void moments(float[] b1, float[] b2, float[] b3, float[] second, int length) {
    for (int j = 0; j < length; j++) {
      float x = b1[j];
      float y = b2[j];
      float z = b3[j];
      second[j] = 2 * x - y - x * x;
      b3[j] = 3 * (y - x) - z + x * (6 * x - 3 * y - 2 * x * x);
    }
  }

  /** ε from τ, how far e^(sδ) is from 1, and the terms of its series. */
  private void invert(
      float[] tau, float[] b1, float[] second, float[] third, float[] out, int length) {
    float keepThird = s > 0 ? 1 : 0;
    for (int j = 0; j < length; j++) {
      float t = tau[j];
      float near = Math.min(Math.max(t, -1), 1);
      float q = second[j] * near;
      float series = Math.fma(-keepThird * near * near, third[j], q * (2 * keepThird * q - 1));
      float trust = Math.min(Math.max((NEAR - Math.abs(q)) * 1e38f, 0), 1);
      out[j] = Math.max(t / (1 - b1[j]) * Math.fma(trust, series, 1), -0.5f);
    }
  }

  /** ℓ += n log(1 + ε) where the solver goes on; it stops where that was little. */
  private void move(float[] log, float[] cost, float[] open, int length) {
    for (int j = 0; j < length; j++) {
      float step = open[j] * n * log[j];
      cost[j] += step;
      open[j] = Math.min(Math.max((Math.abs(step) - tolerance) * 1e38f, 0), 1);
    }
  }

  /** out = log(1 + x) for x ≥ −½, to the last digits also where x is small. */
  static void logOfOnePlus(float[] x, float[] out, float[] far, float[] near, int length) {
    logOfOnePlusInTwo(x, far, near, out, length);
    for (int j = 0; j < length; j++) {
      out[j] = far[j] + near[j];
    }
  }

  /**
   * far + near = log(1 + x), as {@link TileMath#logInTwo}.
   *
   * @param scratch overwritten; may be {@code x}
   */
  static void logOfOnePlusInTwo(float[] x, float[] far, float[] near, float[] scratch, int length) {
    onePlus(x, near, scratch, length);
    TileMath.logInTwo(near, far, near, length);
    for (int j = 0; j < length; j++) {
      near[j] += scratch[j];
    }
  }

  /** one = 1 + x, and what its logarithm misses for having been rounded. */
  private static void onePlus(float[] x, float[] one, float[] missed, int length) {
    for (int j = 0; j < length; j++) {
      float sum = 1 + x[j];
      float small = x[j];
      one[j] = sum;
      missed[j] = (small - (sum - 1)) / sum;
    }
  }
}
