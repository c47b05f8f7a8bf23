package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.RowKernel;
import org.perdita.internal.Rows;

/**
 * Generalised cross-entropy: gives up on labels that the network finds unlikely, the more so the
 * larger q, because such labels may be wrong.
 *
 * <p>Formula: Σ<sub>k</sub> y<sub>k</sub> (1 − p<sub>k</sub><sup>q</sup>) / q with p = softmax(x).
 *
 * <p>Shapes: logits {@code [n, c]} or {@code [n, c, d…]}; labels without the class axis, or
 * distributions shaped like the logits. The unit is a row or position.
 *
 * <p>Range: value in [0, 1/q]; gradient entries in [−1, 1].
 *
 * <p>Limits: q → 0 is {@link CrossEntropyLoss}; q = 1 is 1 − p, half the mean absolute error. The
 * bi-tempered loss at t2 = 1, t1 = 1 − q is this plus (Σ p<sup>1+q</sup> − Σ y<sup>1+q</sup>) / (1
 * + q) − (the entropy term of soft labels), which makes it a proper divergence.
 *
 * <p>Accuracy: computed in double, one unit at a time.
 *
 * @param q how much unlikely labels are given up on, in (0, 1]; the paper uses 0.7
 * @see <a href="https://arxiv.org/abs/1805.07836">Zhang, Sabuncu: Generalized Cross Entropy Loss
 *     for Training Deep Neural Networks with Noisy Labels, NeurIPS 2018, equation 6</a>
 */
public record GeneralizedCrossEntropyLoss(double q) implements Loss {

  public GeneralizedCrossEntropyLoss {
    Check.that(q > 0 && q <= 1, "GeneralizedCrossEntropyLoss", "q", q, "in (0, 1]");
  }

  private Rows rows() {
    RowKernel kernel = new Kernel(q);
    return new Rows(this, kernel, ClassWeights.none(), Smoothing.none());
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return rows().evaluate(batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return rows().value(batch, reduction);
  }

  @Override
  public Tensor values(Batch batch) {
    return rows().values(batch);
  }

  /** d/dx_j = p_j Σ y p^q − y_j p_j^q. */
  private static final class Kernel extends UnitKernel {
    private final double q;

    Kernel(double q) {
      this.q = q;
    }

    @Override
    double unit(double[] x, double[] y, double[] g, int classes) {
      double[] logP = x;
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
      double value = 0;
      double kept = 0;
      for (int k = 0; k < classes; k++) {
        logP[k] = x[k] - max - logZ;
        value -= y[k] == 0 ? 0 : y[k] * Math.expm1(q * logP[k]) / q;
        g[k] = y[k] == 0 ? 0 : y[k] * Math.exp(q * logP[k]);
        kept += g[k];
      }
      for (int k = 0; k < classes; k++) {
        double p = Math.exp(logP[k]);
        double others = kept - g[k];
        double other = k == top ? rest / (1 + rest) : 1 - p;
        g[k] = p * others - other * g[k];
      }
      return value;
    }
  }
}
