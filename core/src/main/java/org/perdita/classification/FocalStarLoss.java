package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.ElementKernel;
import org.perdita.internal.Elements;
import org.perdita.internal.Tile;
import org.perdita.internal.TileMath;

/**
 * FL*, the focal loss's relative with two plain parameters: cross-entropy of a margin that is
 * steepened by γ and shifted by β. It was proposed to show that the exact form of the focal loss
 * matters little; any loss that gives little to well-classified examples does.
 *
 * <pre>
 * FL*(x) = −α_t log σ(γ x_t + β) / γ,     x_t = (2 y − 1) x
 * </pre>
 *
 * <p>Shapes: as {@link FocalLoss}; every element is a unit.
 *
 * <p>Range: values from 0 up, growing like α<sub>t</sub> |x| on the wrong side; gradients in
 * [−α<sub>t</sub>, α<sub>t</sub>].
 *
 * <p>Limits: γ = 1 and β = 0 is {@link BinaryCrossEntropyLoss} (times α<sub>t</sub>). A soft target
 * y scales the margin by 2 y − 1, as in fvcore; at y = ½ the prediction has no effect.
 *
 * <p>Accuracy: at most 4e-7 relative for hard targets and every logit in [−10⁴, 10⁴] whose result
 * is a normal float (measured, γ from 0.5 to 4). γ x + β is kept in two floats; its rounding alone
 * would cost 5e-6.
 *
 * <p>Refuses: γ outside [0.001, 1000), β outside [−1000, 1000], targets outside [0, 1]. fvcore has
 * no β; the paper's β is implemented.
 *
 * {@snippet :
 * var loss = new FocalStarLoss(Alpha.of(0.25), 2, 1);
 * }
 *
 * @param alpha the balance of positives and negatives
 * @param gamma how steep the margin is; the paper tried 2 to 4
 * @param beta the margin's shift; the paper tried 0 and 1
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin, Goyal, Girshick, He, Dollár: Focal Loss for
 *     Dense Object Detection, ICCV 2017, appendix A, equations 7 and 8</a>
 */
public record FocalStarLoss(Alpha alpha, double gamma, double beta) implements CurvedLoss {

  public FocalStarLoss {
    Check.that(gamma >= 0.001 && gamma < 1000, "FocalStarLoss", "gamma", gamma, "in [0.001, 1000)");
    Check.that(beta >= -1000 && beta <= 1000, "FocalStarLoss", "beta", beta, "in [-1000, 1000]");
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return Elements.evaluate(this, kernel(), batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return Elements.evaluate(this, kernel(), batch, reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return Elements.values(this, kernel(), batch);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature) {
    return Elements.curved(this, kernel(), batch, reduction, gradient, curvature);
  }

  private Kernel kernel() {
    return new Kernel(alpha.balance(), gamma, beta);
  }

  /** With u = x_t + β / γ and e = e^(−γ |u|): log(1 + e) / γ, and −u where u is negative. */
  private record Kernel(Alpha.Balance alpha, double gamma, double beta) implements ElementKernel {
    private static final int L = 2;
    private static final int U = 3;
    private static final int LOW = 4;
    private static final int NEGATIVE = 5;
    private static final int FAR = 6;
    private static final int NEAR = 7;

    /** Where e^(−γ |u|) has long been 0. */
    private static final double FAR_ENOUGH = 128;

    @Override
    public void evaluate(Tile tile, int n) {
      float[] e = tile.t[Logistic.E];
      float[] r = tile.t[Logistic.R];
      float[] l = tile.t[L];
      float[] negative = tile.t[NEGATIVE];
      margins(tile.x, tile.y, tile.t[U], tile.t[LOW], n);
      fold(tile.t[U], tile.t[LOW], tile.t[FAR], tile.t[NEAR], negative, n);
      TileMath.expOfProduct(gamma, tile.t[FAR], tile.t[NEAR], e, r, n);
      TileMath.fill(r, 1, n);
      Logistic.sides(e, r, l, n);
      values(tile.t[U], negative, l, tile.v, n);
      gradients(tile.y, e, r, negative, tile.g, n);
      alpha.multiply(tile, n);
    }

    /** u and the rounding error of its sum. */
    private void margins(float[] x, float[] y, float[] u, float[] low, int n) {
      float shift = (float) (beta / gamma);
      float shiftLow = (float) (beta / gamma - shift);
      for (int j = 0; j < n; j++) {
        float margin = (2 * y[j] - 1) * x[j];
        float sum = margin + shift;
        float added = sum - margin;
        float lost = (margin - (sum - added)) + (shift - added);
        u[j] = sum;
        low[j] = lost + shiftLow;
      }
    }

    private void fold(float[] u, float[] low, float[] far, float[] near, float[] negative, int n) {
      float enough = (float) (FAR_ENOUGH / gamma);
      for (int j = 0; j < n; j++) {
        float size = Math.abs(u[j]);
        float below = Math.min((size - u[j]) * 0x1p126f * 0x1p126f, 1);
        float sign = 1 - 2 * below;
        near[j] = -sign * low[j];
        far[j] = -Math.min(size, enough);
        negative[j] = below;
      }
    }

    private void values(float[] u, float[] negative, float[] l, float[] v, int n) {
      float share = (float) (1 / gamma);
      for (int j = 0; j < n; j++) {
        v[j] = Math.fma(negative[j], Math.abs(u[j]), share * l[j]);
      }
    }

    /** −(2 y − 1) σ(−γ u), where the σ is r or e r. */
    private static void gradients(
        float[] y, float[] e, float[] r, float[] negative, float[] g, int n) {
      for (int j = 0; j < n; j++) {
        float wrong = Math.fma(1 - negative[j], e[j], negative[j]);
        g[j] = (1 - 2 * y[j]) * r[j] * wrong;
      }
    }

    @Override
    public double curvature(double x, double y, int k) {
      double e = Math.exp(-Math.abs(gamma * (2 * y - 1) * x + beta));
      return alpha.of(y, k) * (2 * y - 1) * (2 * y - 1) * gamma * e / ((1 + e) * (1 + e));
    }

    @Override
    public int classes() {
      return alpha.classes();
    }
  }
}
