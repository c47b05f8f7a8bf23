package org.perdita.classification;

/**
 * The bi-tempered logistic loss of one unit in double, as the paper writes it.
 *
 * <p>Value: Σ y (log<sub>t1</sub> y − log<sub>t1</sub> p) − (y<sup>2−t1</sup> − p<sup>2−t1</sup>) /
 * (2 − t1). Gradient: δ<sub>j</sub> − e<sub>j</sub> Σ δ with δ = (p − y) p<sup>t2−t1</sup> and e =
 * p<sup>t2</sup> / Σ p<sup>t2</sup>; classes of probability 0 have none.
 *
 * <p>Where Σ p = 1 the likeliest class's 1 − p is the sum of the others, so that it keeps its
 * digits where p tends to 1. The published iterations leave Σ p elsewhere, and p is then taken as
 * it comes.
 */
final class TemperedUnitKernel extends UnitKernel {
  private static final double SMALL = 1e-3;

  private final double t1;
  private final double t2;
  private final boolean solved;
  private final TemperedDistribution distribution;

  TemperedUnitKernel(double t1, double t2, Normalization normalization) {
    this.t1 = t1;
    this.t2 = t2;
    this.solved = normalization.iterations() == 0 || t2 == 1;
    this.distribution = new TemperedDistribution(t2, normalization);
  }

  @Override
  double unit(double[] x, double[] y, double[] g, int classes) {
    double[] p = x;
    int top = distribution.apply(p, classes);
    double rest = 0;
    for (int k = 0; k < classes; k++) {
      rest += k == top ? 0 : p[k];
    }
    if (!solved) {
      rest = 1 - p[top];
    }
    double value = 0;
    double deltas = 0;
    double escorts = 0;
    for (int k = 0; k < classes; k++) {
      double other = k == top ? rest : 1 - p[k];
      value += divergence(y[k], p[k], other);
      if (p[k] > 0) {
        double error = k == top ? (1 - y[k]) - rest : p[k] - y[k];
        g[k] = error * Math.pow(p[k], t2 - t1);
        deltas += g[k];
        escorts += Math.pow(p[k], t2);
      } else {
        g[k] = 0;
      }
    }
    for (int k = 0; k < classes; k++) {
      g[k] -= p[k] > 0 ? Math.pow(p[k], t2) / escorts * deltas : 0;
    }
    return value;
  }

  /**
   * With D = p<sup>t2</sup> dδ/dp, e as above, f = e p<sup>t2 − 1</sup> and sums over the other
   * classes, so that nothing cancels where p tends to 1:
   *
   * <pre>
   *     D<sub>j</sub> (1 − e<sub>j</sub>)² + e<sub>j</sub>² Σ D − t2 Σδ (f<sub>j</sub> (1 − e<sub>j</sub>)² + e<sub>j</sub>² Σ f)
   * </pre>
   */
  @Override
  public void curvature(double[] x, double[] y, double[] curvature, int classes) {
    double[] p = x;
    int top = distribution.apply(p, classes);
    Sums rest = new Sums(p, y, top, classes);
    double others = solved ? rest.p : 1 - p[top];
    double error = (1 - y[top]) - others;
    double escorts = rest.escort + Math.pow(p[top], t2);
    double deltas = rest.delta + error * Math.pow(p[top], t2 - t1);
    double bends = rest.bend + bend(y[top], p[top]);
    double falls = rest.fall + Math.pow(p[top], 2 * t2 - 1);
    for (int j = 0; j < classes; j++) {
      if (p[j] <= 0) {
        curvature[j] = 0;
        continue;
      }
      double own = bend(y[j], p[j]);
      double e = Math.pow(p[j], t2) / escorts;
      double f = Math.pow(p[j], 2 * t2 - 1);
      double notE = j == top ? rest.escort / escorts : 1 - e;
      double otherBends = j == top ? rest.bend : bends - own;
      double otherFalls = j == top ? rest.fall : falls - f;
      double pulled = t2 * deltas / escorts * (f * notE * notE + e * e * otherFalls);
      double h = own * notE * notE + e * e * otherBends - pulled;
      curvature[j] = Math.max(-Float.MAX_VALUE, Math.min(h, Float.MAX_VALUE));
    }
  }

  /** p<sup>t2</sup> dδ/dp. */
  private double bend(double y, double p) {
    double a = t2 - t1;
    double pulled = y == 0 || a == 0 ? 0 : y * a * Math.pow(p, t2 + a - 1);
    return (1 + a) * Math.pow(p, t2 + a) - pulled;
  }

  /** Sums over the classes but the likeliest. */
  private final class Sums {
    private double p;
    private double escort;
    private double delta;
    private double bend;
    private double fall;

    Sums(double[] p, double[] y, int top, int classes) {
      for (int k = 0; k < classes; k++) {
        if (k != top && p[k] > 0) {
          this.p += p[k];
          escort += Math.pow(p[k], t2);
          delta += (p[k] - y[k]) * Math.pow(p[k], t2 - t1);
          bend += bend(y[k], p[k]);
          fall += Math.pow(p[k], 2 * t2 - 1);
        }
      }
    }

    private double bend(double y, double p) {
      return TemperedUnitKernel.this.bend(y, p);
    }
  }

  /** One class's part of the Bregman divergence, from p and 1 − p. */
  private double divergence(double y, double p, double other) {
    double order = 2 - t1;
    if (y == 0) {
      return Math.pow(p, order) / order;
    }
    if (y == 1) {
      return certain(p, other);
    }
    double logs = Tempered.log(t1, y) - Tempered.log(t1, p);
    return y * logs - (Math.pow(y, order) - Math.pow(p, order)) / order;
  }

  /** For y = 1 it is ∫ u (1 − u)^−t1 from 0 to r = 1 − p, whose first terms serve near p = 1. */
  private double certain(double p, double r) {
    if (r < SMALL) {
      double third = t1 * r / 3;
      double fourth = t1 * (t1 + 1) * r * r / 8;
      double fifth = t1 * (t1 + 1) * (t1 + 2) * r * r * r / 30;
      return r * r * (0.5 + third + fourth + fifth);
    }
    double order = 2 - t1;
    return -Tempered.log(t1, p) - (1 - Math.pow(p, order)) / order;
  }
}
