package org.perdita.classification;

import org.perdita.internal.Block;
import org.perdita.internal.RowKernel;
import org.perdita.internal.TileMath;

/**
 * The bi-tempered logistic loss Σ b(y, p) of the tempered softmax p, with b of {@link
 * BregmanDivergence}, and its gradient
 *
 * <pre>
 *     δ<sub>j</sub> − e<sub>j</sub> Σ δ,    δ = (p − y) p<sup>t2 − t1</sup>,    e = p<sup>t2</sup> / Σ p<sup>t2</sup>,
 * </pre>
 *
 * in the h, w and k of {@link TemperedPowers}: with Z = 1 + Σ h, W = 1 + Σ h w, q = 1 / Z, and
 * every sum over the classes but the likeliest,
 *
 * <pre>    δ = c (h k w − Z y k w),    c = q<sup>1 + t2 − t1</sup>,    e = h w / W,
 *     Σ δ = c D,    D = Σ h k w − Z Σ y k w + (1 − y) − y Σ h,</pre>
 *
 * the last y being the likeliest class's. Its own gradient is minus the sum of the others', so that
 * it keeps its digits where its p tends to 1, and so does its b, as 1 − p is Σ h / Z. Classes of
 * probability 0, which t2 &lt; 1 gives, have no gradient.
 *
 * <p>{@link TemperedUnitKernel} is the same in double, as the paper writes it.
 */
final class TemperedKernel implements RowKernel {
  private final TemperedPowers powers;
  private final TemperedNormalizer normalizer;
  private final BregmanDivergence divergence;
  private final float a;
  private final double order;
  private final TemperedUnitKernel inDouble;

  /** Whether these temperatures are within what float can do. */
  static boolean covers(double t1, double t2) {
    return t1 >= 0 && t1 <= t2 && t2 <= 1000;
  }

  TemperedKernel(double t1, double t2) {
    this.powers = new TemperedPowers(t1, t2);
    this.normalizer = new TemperedNormalizer(powers);
    this.divergence = new BregmanDivergence(powers.a);
    this.a = (float) powers.a;
    this.order = 1 + t2 - t1;
    this.inDouble = new TemperedUnitKernel(t1, t2, Normalization.solved());
  }

  @Override
  public void evaluate(Block b) {
    TemperedScratch m = TemperedScratch.own();
    normalizer.apart(b, m);
    float[][][] y = b.y;
    if (y == null) {
      labels(b, m);
    } else {
      distributions(b, y, m);
    }
    normalizer.restore(b);
    for (int j = 0; j < b.units; j++) {
      b.v[j] = Math.min(b.v[j], Float.MAX_VALUE);
    }
  }

  @Override
  public void curvature(double[] logits, double[] target, double[] curvature, int classes) {
    inDouble.curvature(logits, target, curvature, classes);
  }

  /**
   * For a label y k w is that of its class alone, and all other classes' b is p^(1 + a) / (1 + a).
   */
  private void labels(Block b, TemperedScratch m) {
    if (powers.keeps()) {
      normalizer.solveAndKeep(b, m);
    } else if (powers.s != 0) {
      normalizer.solve(b, m);
    } else {
      TileMath.fill(m.slope, 0, b.width());
    }
    int n = b.width();
    int last = b.classes;
    for (int j = 0; j < b.units; j++) {
      b.label[j] = b.label[j] == b.bits[j] ? last : b.label[j] == last ? b.bits[j] : b.label[j];
      m.distance[j] = b.label[j] == last ? 0 : b.at(b.x, b.label[j], j);
    }
    for (int strip = 0; strip < b.strips(); strip++) {
      begin(b, strip, m);
      for (int t = 0; t < b.tiles(); t++) {
        if (powers.keeps()) {
          float[] k = m.kept[strip][t];
          powers.move(b.x[strip][t], m.slopes, m.steps, b.g[strip][t], k, m, b.length(t));
          gather(b.g[strip][t], b.x[strip][t], k, m, b.length(t));
        } else {
          float[] k = powers.weighAndSum(b.x[strip][t], m.slopes, m, b.length(t));
          gatherWeighed(b.x[strip][t], b.g[strip][t], k, m, b.length(t));
        }
      }
      end(b, strip, m);
    }
    powers.weighWithLog(m.distance, m.slope, m, n);
    labelValue(b, m, n);
    float[] c = m.direct;
    float[] share = m.shared;
    for (int j = 0; j < n; j++) {
      float kw = m.k[j] * m.w[j];
      float total = m.sumHkw[j] + (1 - kw) - m.sumH[j] * kw;
      share[j] = total / (1 + m.sumHw[j]);
      m.y[j] = kw * (1 + m.sumH[j]);
    }
    for (int j = 0; j < b.units; j++) {
      float own = b.label[j] == last ? 0 : m.y[j];
      b.set(b.g, last, j, -c[j] * (m.sumHkw[j] - own - m.sumHw[j] * share[j]));
    }
    gradient(b, m);
    for (int j = 0; j < b.units; j++) {
      if (b.label[j] != last) {
        float g = b.at(b.g, b.label[j], j);
        b.set(b.g, b.label[j], j, g - c[j] * m.y[j]);
      }
    }
  }

  private void labelValue(Block b, TemperedScratch m, int n) {
    powersOfQ(m, n);
    for (int j = 0; j < n; j++) {
      m.logP[j] = m.logH[j] - m.cost[j];
      m.gap[j] = (1 - m.h[j] + m.sumH[j]) / (1 + m.sumH[j]);
    }
    divergence.evaluateAtOne(m, n);
    for (int j = 0; j < n; j++) {
      float others = m.sumHk[j] + (1 - m.h[j] * m.k[j]);
      b.v[j] = m.out[j] + m.p[j] * others / (1 + a);
    }
  }

  /**
   * cost = log Z, direct = q^(1 + t2 − t1), p = q^(1 + a): all from Z's logarithm in two floats.
   */
  private void powersOfQ(TemperedScratch m, int n) {
    TemperedNormalizer.logOfOnePlusInTwo(m.sumH, m.a, m.b, m.cost, n);
    for (int j = 0; j < n; j++) {
      m.cost[j] = m.a[j] + m.b[j];
    }
    TileMath.expOfProduct(-order, m.a, m.b, m.direct, m.c, n);
    TileMath.expOfProduct(-(1 + powers.a), m.a, m.b, m.p, m.c, n);
  }

  private static void begin(Block b, int strip, TemperedScratch m) {
    b.spread(strip, m.slope, m.slopes);
    b.spread(strip, m.step, m.steps);
    for (int i = 0; i < 4; i++) {
      b.fill(m.lanes[i], 0);
    }
  }

  private static void end(Block b, int strip, TemperedScratch m) {
    b.sum(strip, m.lanes[0], m.sumH);
    b.sum(strip, m.lanes[1], m.sumHw);
    b.sum(strip, m.lanes[2], m.sumHk);
    b.sum(strip, m.lanes[3], m.sumHkw);
  }

  /** Leaves h w in x and h k w in g, and gathers the sums. */
  private static void gather(float[] x, float[] g, TemperedScratch m, int n) {
    TemperedPowers.sumAndMultiply(m.h, m.w, x, m.lanes[0], m.lanes[1], n);
    gatherWeighed(x, g, m.k, m, n);
  }

  /** The same where h w and the first two sums are there. */
  private static void gatherWeighed(float[] x, float[] g, float[] k, TemperedScratch m, int n) {
    addProducts(m.h, k, m.lanes[2], n);
    gatherProducts(x, k, g, m.lanes[3], n);
  }

  /** The same, from h in g and w in x. */
  private static void gather(float[] g, float[] x, float[] k, TemperedScratch m, int n) {
    TemperedPowers.sumAndMultiply(g, x, x, m.lanes[0], m.lanes[1], n);
    gatherRest(x, k, g, m.lanes[2], m.lanes[3], n);
  }

  private static void gatherRest(
      float[] hw, float[] k, float[] h, float[] sumHk, float[] sumHkw, int n) {
    for (int j = 0; j < n; j++) {
      float all = hw[j] * k[j];
      sumHk[j] = Math.fma(h[j], k[j], sumHk[j]);
      sumHkw[j] += all;
      h[j] = all;
    }
  }

  private static void gatherProducts(float[] hw, float[] k, float[] hkw, float[] sumHkw, int n) {
    for (int j = 0; j < n; j++) {
      float product = hw[j] * k[j];
      hkw[j] = product;
      sumHkw[j] += product;
    }
  }

  private static void addProducts(float[] h, float[] k, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] = Math.fma(h[j], k[j], sum[j]);
    }
  }

  /** g = c (g − share x) in every class but the likeliest. */
  private static void gradient(Block b, TemperedScratch m) {
    for (int strip = 0; strip < b.strips(); strip++) {
      b.spread(strip, m.direct, m.lanes[0]);
      b.spread(strip, m.shared, m.lanes[1]);
      for (int t = 0; t < b.tiles(); t++) {
        gradient(b.x[strip][t], b.g[strip][t], m.lanes[0], m.lanes[1], b.length(t));
      }
    }
  }

  static void gradient(float[] x, float[] g, float[] c, float[] share, int n) {
    for (int j = 0; j < n; j++) {
      g[j] = c[j] * Math.fma(-share[j], x[j], g[j]);
    }
  }

  private void distributions(Block b, float[][][] y, TemperedScratch m) {
    int n = b.width();
    int last = b.classes;
    normalizer.solve(b, m);
    TileMath.exp(m.cost, m.z, m.a, n);
    for (int strip = 0; strip < b.strips(); strip++) {
      begin(b, strip, m);
      b.spread(strip, m.cost, m.costs);
      b.spread(strip, m.z, m.zs);
      b.fill(m.lanes[4], 0);
      b.fill(m.lanes[5], 0);
      for (int t = 0; t < b.tiles(); t++) {
        powers.weighWithLog(b.x[strip][t], m.slopes, m, b.length(t));
        gather(b.x[strip][t], b.g[strip][t], m, b.length(t));
        gatherTargets(y[strip][t], m, b.length(t));
        divergence.evaluate(m, b.length(t));
        add(m.lanes[5], m.out, b.length(t));
      }
      end(b, strip, m);
      b.sum(strip, m.lanes[4], m.sumYkw);
      b.sum(strip, m.lanes[5], m.divergence);
    }
    for (int j = 0; j < b.units; j++) {
      float own = b.at(y, last, j);
      m.y[j] = own;
      m.gap[j] = (own - 1) + m.sumH[j] / (1 + m.sumH[j]);
      float total = m.sumHkw[j] - (1 + m.sumH[j]) * m.sumYkw[j] + (1 - own) - own * m.sumH[j];
      m.shared[j] = total / (1 + m.sumHw[j]);
    }
    powersOfQ(m, n);
    for (int j = 0; j < n; j++) {
      m.logP[j] = -m.cost[j];
    }
    divergence.evaluate(m, n);
    for (int j = 0; j < n; j++) {
      b.v[j] = m.divergence[j] + m.out[j];
    }
    for (int j = 0; j < b.units; j++) {
      m.out[j] = 1 + m.sumH[j];
      float others = m.sumHkw[j] - m.out[j] * m.sumYkw[j] - m.sumHw[j] * m.shared[j];
      b.set(b.g, last, j, -m.direct[j] * others);
    }
    for (int strip = 0; strip < b.strips(); strip++) {
      b.spread(strip, m.out, m.zs);
      for (int t = 0; t < b.tiles(); t++) {
        subtractProduct(b.g[strip][t], m.zs, y[strip][t], b.length(t));
      }
    }
    gradient(b, m);
  }

  /** Readies a tile's divergence, with Z from the solver; leaves y k w in y. */
  private static void gatherTargets(float[] y, TemperedScratch m, int n) {
    difference(m.logH, m.costs, m.logP, n);
    gaps(y, m.h, m.zs, m.y, m.gap, n);
    weighTargets(y, m.k, m.w, m.lanes[4], n);
  }

  private static void difference(float[] a, float[] b, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] - b[j];
    }
  }

  private static void gaps(float[] y, float[] h, float[] z, float[] target, float[] gap, int n) {
    for (int j = 0; j < n; j++) {
      target[j] = y[j];
      gap[j] = y[j] - h[j] / z[j];
    }
  }

  private static void weighTargets(float[] y, float[] k, float[] w, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      float product = y[j] * k[j] * w[j];
      y[j] = product;
      sum[j] += product;
    }
  }

  private static void subtractProduct(float[] g, float[] z, float[] ykw, int n) {
    for (int j = 0; j < n; j++) {
      g[j] = Math.fma(-z[j], ykw[j], g[j]);
    }
  }

  private static void add(float[] sum, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] += x[j];
    }
  }
}
