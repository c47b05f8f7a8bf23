package org.perdita.classification;

import org.perdita.internal.Block;
import org.perdita.internal.RowKernel;
import org.perdita.internal.TileMath;

/**
 * Σ y<sub>k</sub> (1 − p<sub>k</sub>)<sup>γ</sup> (−log p<sub>k</sub>) of the softmax p, which at γ
 * = 0 is cross-entropy.
 *
 * <p>A label's p, 1 − p and −log p come from the sum over the <em>other</em> classes, so that they
 * keep their digits where p tends to 1: with m the others' largest logit, R = Σ e<sup>x − m</sup>
 * over them and d = x<sub>label</sub> − m,
 *
 * <pre>    −log p = log(1 + R e<sup>−d</sup>),    (1 − p) / p = R e<sup>−d</sup>.</pre>
 *
 * <p>The gradient is c (p<sub>j</sub> − [j = label]) with c = (1 − p)<sup>γ − 1</sup> (1 − p − γ p
 * log p); the other classes' p<sub>j</sub> is (1 − p) e<sup>x − m</sup> / R.
 *
 * <p>Curvature, and the focal loss of distributions, are in double, one unit at a time.
 */
final class SoftmaxKernel implements RowKernel {
  // What stands where in a block's room: one number a unit, and at the end lanes.
  private static final int OWN = 0;
  private static final int MAX = 1;
  private static final int REST = 2;
  private static final int SLOPE = 3;
  private static final int TIES = 4;
  private static final int DOT = 5;
  private static final int LANES = 10;

  private final double gamma;

  SoftmaxKernel(double gamma) {
    this.gamma = gamma;
  }

  @Override
  public void evaluate(Block b) {
    if (b.y == null) {
      labels(b);
    } else if (gamma == 0) {
      distributions(b, b.y);
    } else {
      for (int j = 0; j < b.units; j++) {
        focalDistribution(b, j);
      }
    }
  }

  /**
   * The other classes' g is e<sup>x − m</sup> and the label's −R, both to be multiplied by c (1 −
   * p) / R.
   */
  private void labels(Block b) {
    float[] own = b.t[OWN];
    float[] max = b.t[MAX];
    float[] rest = b.t[REST];
    float[] slope = b.t[SLOPE];
    for (int j = 0; j < b.units; j++) {
      own[j] = b.at(b.x, b.label[j], j);
      b.set(b.x, b.label[j], j, Float.NEGATIVE_INFINITY);
    }
    for (int strip = 0; strip < b.strips(); strip++) {
      float[] tops = maxLanes(b, strip);
      float[] lanes = b.t[LANES + 1];
      b.fill(lanes, 0);
      for (int t = 0; t < b.tiles(); t++) {
        TileMath.expBelow(b.x[strip][t], tops, b.g[strip][t], b.t[15], b.length(t));
        add(lanes, b.g[strip][t], b.length(t));
      }
      b.sum(strip, lanes, rest);
    }
    costs(b, own, max, rest, slope);
    for (int j = 0; j < b.units; j++) {
      float r = Math.max(rest[j], Float.MIN_NORMAL);
      b.gain[j] = slope[j] / r;
      b.set(b.g, b.label[j], j, -r);
    }
  }

  /** Finds the largest logit of each of a strip's units, and gives it to the lanes too. */
  private static float[] maxLanes(Block b, int strip) {
    float[] lanes = b.t[LANES];
    b.fill(lanes, -Float.MAX_VALUE);
    for (int t = 0; t < b.tiles(); t++) {
      max(lanes, b.x[strip][t], b.length(t));
    }
    b.max(strip, lanes, b.t[MAX]);
    b.spread(strip, b.t[MAX], lanes);
    return lanes;
  }

  /**
   * From each unit's own logit, and the largest and the sum of the others: v becomes the loss,
   * slope c (1 − p).
   */
  private void costs(Block b, float[] own, float[] max, float[] rest, float[] slope) {
    int n = b.width();
    float[] p = b.t[4];
    float[] far = b.t[5];
    float[] near = b.t[6];
    float[] e = b.t[7];
    float[] u = b.t[8];
    float[] z = b.t[9];
    // d in two floats: one alone would lose the sixth digit of e^-d at d = 70. Halved, or the
    // difference of the largest floats would be infinite.
    for (int j = 0; j < n; j++) {
      float x = 0.5f * own[j];
      float m = 0.5f * max[j];
      float d = x - m;
      float back = d - x;
      near[j] = 2 * ((x - (d - back)) - (m + back));
      far[j] = Math.max(Math.min(2 * d, Float.MAX_VALUE), -Float.MAX_VALUE);
      e[j] = -Math.abs(far[j]);
    }
    TileMath.exp(e, e, b.t[15], n);
    for (int j = 0; j < n; j++) {
      // 1 where the label has the largest logit, 0 where another has; both forms agree at d = 0.
      float leads = Math.min(Math.max(1e38f * far[j], 0), 1);
      float small = Math.fma(e[j], near[j] * (1 - 2 * leads), e[j]);
      e[j] = small;
      far[j] = leads;
    }
    for (int j = 0; j < n; j++) {
      float leads = far[j];
      float trails = 1 - leads;
      float odds = rest[j] * Math.fma(leads, e[j], trails);
      float one = Math.fma(trails, e[j], leads);
      float total = odds + one;
      slope[j] = odds / total;
      p[j] = one / total;
      u[j] = leads * odds + trails * (rest[j] - 1 + e[j]);
      z[j] = 1 + u[j];
    }
    TileMath.log(z, e, b.t[15], n);
    for (int j = 0; j < n; j++) {
      float log1p = e[j] + (u[j] - (z[j] - 1)) / z[j];
      b.v[j] = Math.min(Math.max(max[j] - own[j], 0) + log1p, Float.MAX_VALUE);
    }
    if (gamma > 0) {
      focus(b, p, slope);
    }
  }

  /** Turns v = −log p into the focal loss, and 1 − p in {@code slope} into c (1 − p). */
  private void focus(Block b, float[] p, float[] slope) {
    float[] power = b.t[5];
    TileMath.pow(slope, gamma, power, b.t[6], b.t[7], b.width());
    float exponent = (float) gamma;
    for (int j = 0; j < b.units; j++) {
      slope[j] = power[j] * Math.fma(exponent * p[j], b.v[j], slope[j]);
      b.v[j] *= power[j];
    }
  }

  /**
   * Cross-entropy of distributions. Z = 1 + rest and p = 1 − rest / Z at the largest logit, so that
   * a distribution which is nearly a label loses no digits.
   */
  private static void distributions(Block b, float[][][] y) {
    float[] rest = b.t[REST];
    float[] ties = b.t[TIES];
    float[] dot = b.t[DOT];
    float[] scale = b.t[SLOPE];
    for (int strip = 0; strip < b.strips(); strip++) {
      float[] tops = maxLanes(b, strip);
      float[] restLanes = b.t[LANES + 1];
      float[] tiesLanes = b.t[LANES + 2];
      float[] dotLanes = b.t[LANES + 3];
      b.fill(restLanes, 0);
      b.fill(tiesLanes, 0);
      b.fill(dotLanes, 0);
      for (int t = 0; t < b.tiles(); t++) {
        float[] x = b.x[strip][t];
        subtract(x, tops, b.length(t));
        TileMath.exp(x, b.g[strip][t], b.t[15], b.length(t));
        apart(x, b.g[strip][t], restLanes, tiesLanes, b.length(t));
        subtractProducts(x, y[strip][t], dotLanes, b.length(t));
      }
      b.sum(strip, restLanes, rest);
      b.sum(strip, tiesLanes, ties);
      b.sum(strip, dotLanes, dot);
    }
    for (int j = 0; j < b.units; j++) {
      rest[j] += ties[j] - 1;
      scale[j] = b.mass[j] / (1 + rest[j]);
      double value = b.mass[j] * Math.log1p(rest[j]) + dot[j];
      b.v[j] = (float) Math.min(value, Float.MAX_VALUE);
      rest[j] *= scale[j];
    }
    for (int strip = 0; strip < b.strips(); strip++) {
      float[] scaleLanes = b.t[LANES];
      float[] restLanes = b.t[LANES + 1];
      float[] massLanes = b.t[LANES + 2];
      b.spread(strip, scale, scaleLanes);
      b.spread(strip, rest, restLanes);
      b.spread(strip, b.mass, massLanes);
      for (int t = 0; t < b.tiles(); t++) {
        float[] g = b.g[strip][t];
        below(g, y[strip][t], scaleLanes, b.length(t));
        top(b.x[strip][t], g, y[strip][t], massLanes, restLanes, b.length(t));
      }
    }
  }

  /** Sums over the classes below the largest logit, and counts those at it. */
  private static void apart(float[] x, float[] e, float[] rest, float[] ties, int n) {
    for (int j = 0; j < n; j++) {
      float top = Math.max(Math.fma(x[j], 1e38f, 1), 0);
      rest[j] += e[j] - top;
      ties[j] += top;
    }
  }

  private static void subtractProducts(float[] x, float[] y, float[] dot, int n) {
    for (int j = 0; j < n; j++) {
      dot[j] = Math.fma(-y[j], Math.max(x[j], -Float.MAX_VALUE), dot[j]);
    }
  }

  /** mass p − y below the largest logit, from e and Σ y / Z. */
  private static void below(float[] g, float[] y, float[] scale, int n) {
    for (int j = 0; j < n; j++) {
      g[j] = Math.fma(g[j], scale[j], -y[j]);
    }
  }

  /** mass p − y at the largest logit, where p is 1 − rest / Z. */
  private static void top(float[] x, float[] g, float[] y, float[] mass, float[] rest, int n) {
    for (int j = 0; j < n; j++) {
      float top = Math.max(Math.fma(x[j], 1e38f, 1), 0);
      float at = mass[j] - y[j] - rest[j];
      float below = g[j];
      g[j] = Math.fma(top, at - below, below);
    }
  }

  private void focalDistribution(Block b, int j) {
    double[] cost = b.logits(j);
    double[] y = b.target(j);
    toCosts(cost, b.classes);
    double value = 0;
    double slopes = 0;
    for (int k = 0; k < b.classes; k++) {
      if (y[k] > 0) {
        value += y[k] * value(cost[k]);
        slopes += y[k] * slope(cost[k]);
      }
    }
    b.v[j] = (float) Math.min(value, Float.MAX_VALUE);
    for (int k = 0; k < b.classes; k++) {
      double own = y[k] == 0 ? 0 : y[k] * slope(cost[k]);
      b.set(b.g, k, j, (float) (Math.exp(-cost[k]) * (slopes - own) - other(cost[k]) * own));
    }
  }

  /**
   * With f(cost) = q<sup>γ</sup> cost, the second derivative is Σ y<sub>k</sub> (f″<sub>k</sub>
   * (p<sub>j</sub> − [j = k])² + f′<sub>k</sub> p<sub>j</sub> q<sub>j</sub>). Below γ = 1 f″ is
   * infinite at q = 0, q² f″ is not; so the class with p over a half, if there is one, is kept
   * apart, and the others' p<sub>j</sub> / q are at most 1.
   */
  @Override
  public void curvature(double[] logits, double[] y, double[] curvature, int classes) {
    double[] cost = logits;
    toCosts(cost, classes);
    int likely = -1;
    double slopes = 0;
    double bends = 0;
    for (int k = 0; k < classes; k++) {
      double q = other(cost[k]);
      if (q < 0.5) {
        likely = k;
      } else if (y[k] > 0) {
        bends += y[k] * bend(cost[k]) / (q * q);
      }
      slopes += y[k] == 0 ? 0 : y[k] * slope(cost[k]);
    }
    double likelyRest = likely < 0 ? 1 : other(cost[likely]);
    double likelyBend = likely < 0 || y[likely] == 0 ? 0 : y[likely] * bend(cost[likely]);
    for (int j = 0; j < classes; j++) {
      double p = Math.exp(-cost[j]);
      double q = other(cost[j]);
      double own = y[j] == 0 ? 0 : y[j] * bend(cost[j]);
      double share = j == likely || likelyRest == 0 ? 0 : p / likelyRest;
      double rest = j == likely ? bends : bends - own / (q * q);
      curvature[j] = slopes * p * q + own + rest * p * p + likelyBend * share * share;
    }
  }

  /** Turns logits into −log p. */
  private static void toCosts(double[] x, int classes) {
    int top = 0;
    for (int k = 1; k < classes; k++) {
      top = x[k] > x[top] ? k : top;
    }
    double max = x[top];
    double rest = 0;
    for (int k = 0; k < classes; k++) {
      rest += k == top ? 0 : Math.exp(x[k] - max);
    }
    double logZ = Math.log1p(rest);
    for (int k = 0; k < classes; k++) {
      x[k] = logZ - (x[k] - max);
    }
  }

  /** 1 − p. */
  private static double other(double cost) {
    return -Math.expm1(-cost);
  }

  /** f = q^γ cost. */
  private double value(double cost) {
    return gamma == 0 ? cost : Math.pow(other(cost), gamma) * cost;
  }

  /** f′. */
  private double slope(double cost) {
    if (gamma == 0) {
      return 1;
    }
    double q = other(cost);
    return Math.pow(q, gamma) * (1 + gamma * Math.exp(-cost) * ratio(q, cost));
  }

  /** q² f″. */
  private double bend(double cost) {
    double p = Math.exp(-cost);
    double q = other(cost);
    return gamma * p * Math.pow(q, gamma + 1) * (2 - cost + (gamma - 1) * p * ratio(q, cost));
  }

  /** cost / q, whose limit is 1 where p tends to 1. */
  private static double ratio(double q, double cost) {
    return q == 0 ? 1 : cost / q;
  }

  private static void max(float[] max, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      max[j] = Math.max(max[j], x[j]);
    }
  }

  private static void subtract(float[] x, float[] max, int n) {
    for (int j = 0; j < n; j++) {
      x[j] -= max[j];
    }
  }

  private static void add(float[] sum, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] += x[j];
    }
  }
}
