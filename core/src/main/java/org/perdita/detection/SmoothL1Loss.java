package org.perdita.detection;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.ElementKernel;
import org.perdita.internal.Elements;
import org.perdita.internal.Tile;

/**
 * The smooth L1 loss on box offsets: quadratic for small errors, so that nearly right boxes settle;
 * linear for large ones, so that a wrong box does not drown the others.
 *
 * <pre>
 * d = prediction − target
 * l = d² / (2 β)     where |d| &lt; β
 *     |d| − β / 2    elsewhere
 * </pre>
 *
 * <p>Shapes: any; the target is shaped like the prediction. Every element is a unit.
 *
 * <p>Range: values from 0 up, growing like |d|; the gradient is in [−1, 1].
 *
 * <p>Limits: β = 0 is the absolute error, with gradient 0 where d = 0. β times this loss is the
 * Huber loss with δ = β.
 *
 * <p>Accuracy: 2e-7 relative to the rounded difference. With m = min(|d|, β) both branches are (m /
 * β) (|d| − m / 2), and the gradient is ± m / β.
 *
 * <p>Refuses: β that is negative or not finite, targets that are not finite.
 *
 * <p>β is called σ<sup>−2</sup> in Fast R-CNN's code; Detectron2's signature starts it at 0 and its
 * configuration at 0.1; RetinaNet was trained with 0.11. torch's {@code smooth_l1_loss} is the same
 * formula.
 *
 * {@snippet :
 * var offsets = Tensor.of(predictedOffsets, positives, 4);
 * Evaluation e = SmoothL1Loss.retinaNet()
 *     .evaluate(Batch.of(offsets, targetOffsets), Reduction.perPositive(positives));
 * }
 *
 * @param beta where the parabola ends
 * @see <a href="https://arxiv.org/abs/1504.08083">Girshick: Fast R-CNN, ICCV 2015, equation 3</a>
 */
public record SmoothL1Loss(double beta) implements Loss {

  public SmoothL1Loss {
    Check.that(beta >= 0 && beta < 1e30, "SmoothL1Loss", "beta", beta, "in [0, 1e30)");
  }

  /** β = 0.11: what RetinaNet was trained with. */
  public static SmoothL1Loss retinaNet() {
    return new SmoothL1Loss(0.11);
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

  /** The loss of the error {@code d}. */
  double value(double d) {
    double size = Math.abs(d);
    double m = Math.min(size, beta);
    return beta == 0 ? size : m / beta * (size - m / 2);
  }

  /** Its slope. */
  double slope(double d) {
    return beta == 0 ? Math.signum(d) : Math.max(-1, Math.min(d / beta, 1));
  }

  private Kernel kernel() {
    return new Kernel((float) beta);
  }

  /** Over a tile. A β below the normal floats is 0. */
  private record Kernel(float beta) implements ElementKernel {

    @Override
    public boolean targetsAreShares() {
      return false;
    }

    @Override
    public void evaluate(Tile tile, int n) {
      if (beta >= Float.MIN_NORMAL) {
        differ(tile.x, tile.y, tile.t[0], n);
        smooth(tile.t[0], tile.v, tile.g, beta, 1 / Math.max(beta, 0x1p-126f), n);
      } else {
        differ(tile.x, tile.y, tile.t[0], n);
        for (int j = 0; j < n; j++) {
          tile.v[j] = Math.abs(tile.t[0][j]);
          tile.g[j] = Math.signum(tile.t[0][j]);
        }
      }
    }

    private static void differ(float[] x, float[] y, float[] d, int n) {
      for (int j = 0; j < n; j++) {
        d[j] = Math.max(-Float.MAX_VALUE, Math.min(x[j] - y[j], Float.MAX_VALUE));
      }
    }

    private static void smooth(float[] d, float[] v, float[] g, float beta, float per, int n) {
      for (int j = 0; j < n; j++) {
        float size = Math.abs(d[j]);
        float m = Math.min(size, beta);
        v[j] = m * per * (size - 0.5f * m);
        g[j] = Math.max(-beta, Math.min(d[j], beta)) * per;
      }
    }
  }
}
