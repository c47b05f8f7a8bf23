package org.perdita.perceptual;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.ElementKernel;
import org.perdita.internal.Elements;
import org.perdita.internal.Tile;

/**
 * Pixel losses: each pixel is pulled to its own target. Minimised, the squared error gives the mean
 * of all pictures that are possible, which is why it wins on PSNR and looks blurred.
 *
 * <pre>
 * d = prediction − target
 * squared error     d²
 * absolute error    |d|
 * Charbonnier       √(d² + ε²)
 * </pre>
 *
 * <p>Shapes: any; the target is shaped like the prediction. Every element is a unit.
 *
 * <p>Range: from 0 (Charbonnier: ε) up; the gradients of the last two are in [−1, 1].
 *
 * <p>Limits: Charbonnier with ε → 0 is the absolute error; its gradient at d = 0 is 0 like that of
 * both others.
 *
 * <p>Accuracy: 2e-7 relative to the rounded difference. With m the larger of |d| and ε and r the
 * smaller over the larger, Charbonnier is m √(1 + r²), which does not overflow.
 *
 * <p>Refuses: ε that is not in (0, 1e30), targets that are not finite.
 *
 * {@snippet :
 * var loss = PixelLoss.charbonnier(1e-3);
 * Evaluation e = loss.evaluate(Batch.of(restored, original), Reduction.mean());
 * }
 *
 * @param penalty what an error costs
 * @param epsilon Charbonnier's ε; 0 for the others
 * @see <a href="https://arxiv.org/abs/1704.03915">Lai et al.: Deep Laplacian Pyramid Networks, CVPR
 *     2017, section 3.3</a>
 */
public record PixelLoss(Penalty penalty, double epsilon) implements Loss {

  /** What an error costs. */
  public enum Penalty {
    SQUARED_ERROR,
    ABSOLUTE_ERROR,
    CHARBONNIER
  }

  public PixelLoss {
    boolean holds = penalty == Penalty.CHARBONNIER ? epsilon > 0 && epsilon < 1e30 : epsilon == 0;
    String allowed = penalty == Penalty.CHARBONNIER ? "in (0, 1e30)" : "0 for " + penalty;
    Check.that(holds, "PixelLoss", "epsilon", epsilon, allowed);
  }

  /** d². */
  public static PixelLoss squaredError() {
    return new PixelLoss(Penalty.SQUARED_ERROR, 0);
  }

  /** |d|. */
  public static PixelLoss absoluteError() {
    return new PixelLoss(Penalty.ABSOLUTE_ERROR, 0);
  }

  /** √(d² + ε²). */
  public static PixelLoss charbonnier(double epsilon) {
    return new PixelLoss(Penalty.CHARBONNIER, epsilon);
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

  private Kernel kernel() {
    return new Kernel(penalty, Math.max((float) epsilon, Float.MIN_NORMAL));
  }

  /** Over a tile. */
  private record Kernel(Penalty penalty, float epsilon) implements ElementKernel {

    @Override
    public boolean targetsAreShares() {
      return false;
    }

    @Override
    public void evaluate(Tile tile, int n) {
      differ(tile.x, tile.y, tile.g, n);
      switch (penalty) {
        case SQUARED_ERROR -> square(tile.v, tile.g, n);
        case ABSOLUTE_ERROR -> size(tile.v, tile.g, n);
        case CHARBONNIER -> charbonnier(tile.v, tile.g, epsilon, n);
      }
    }

    private static void differ(float[] x, float[] y, float[] d, int n) {
      for (int j = 0; j < n; j++) {
        d[j] = Math.max(-Float.MAX_VALUE, Math.min(x[j] - y[j], Float.MAX_VALUE));
      }
    }

    private static void square(float[] v, float[] g, int n) {
      for (int j = 0; j < n; j++) {
        v[j] = Math.min(g[j] * g[j], Float.MAX_VALUE);
        g[j] = Math.max(-Float.MAX_VALUE, Math.min(2 * g[j], Float.MAX_VALUE));
      }
    }

    private static void size(float[] v, float[] g, int n) {
      for (int j = 0; j < n; j++) {
        v[j] = Math.abs(g[j]);
        g[j] = Math.signum(g[j]);
      }
    }

    private static void charbonnier(float[] v, float[] g, float epsilon, int n) {
      for (int j = 0; j < n; j++) {
        float a = Math.abs(g[j]);
        float m = Math.max(a, epsilon);
        float r = Math.min(a, epsilon) / m;
        float c = m * (float) Math.sqrt(1 + r * r);
        v[j] = Math.min(c, Float.MAX_VALUE);
        g[j] = g[j] / v[j];
      }
    }
  }
}
