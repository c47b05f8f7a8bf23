package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.ElementKernel;
import org.perdita.internal.Elements;
import org.perdita.internal.Tile;

/**
 * The bi-tempered logistic loss of two classes on one logit, element by element: {@link
 * BiTemperedLoss} of the logits [0, x] and the distribution [1 − y, y].
 *
 * <p>Shapes: logits of any shape, targets shaped like them in [0, 1], or labels {@code [n, d…]} for
 * logits {@code [n, c, d…]}. The unit is an element.
 *
 * <p>Range: 0 or more; for y in {0, 1} at most 1 / (1 − t1) when t1 &lt; 1.
 *
 * <p>Limits: t1 = t2 = 1 is {@link BinaryCrossEntropyLoss} for y in {0, 1}, and for soft targets
 * less than it by the entropy of y. The logits are [0, x] and not [−x, x], which would be twice the
 * logit.
 *
 * <p>Accuracy: computed in double, one element at a time, and so is the curvature, which is
 * negative far on the wrong side unless t1 = t2 = 1.
 *
 * @param t1 temperature of the loss: a finite number of at most 1
 * @param t2 temperature of the sigmoid: a finite number above 0
 * @param normalization how the two probabilities are made to sum to 1
 * @param smoothing the share ε taken from a target: y becomes (1 − 2 ε) y + ε, the authors'
 *     convention for two classes; in [0, 0.5)
 * @see <a href="https://arxiv.org/abs/1906.03361">Amid, Warmuth, Anil, Koren: Robust Bi-Tempered
 *     Logistic Loss Based on Bregman Divergences, NeurIPS 2019</a>
 */
public record BinaryBiTemperedLoss(
    double t1, double t2, Normalization normalization, double smoothing) implements CurvedLoss {

  public BinaryBiTemperedLoss {
    BiTemperedLoss.checkTemperatures("BinaryBiTemperedLoss", t1, t2);
    Check.that(
        smoothing >= 0 && smoothing < 0.5,
        "BinaryBiTemperedLoss",
        "smoothing",
        smoothing,
        "in [0, 0.5)");
  }

  /** Solved to tolerance, without smoothing. */
  public static BinaryBiTemperedLoss of(double t1, double t2) {
    return new BinaryBiTemperedLoss(t1, t2, Normalization.solved(), 0);
  }

  /** The same with other smoothing. */
  public BinaryBiTemperedLoss withSmoothing(double smoothing) {
    return new BinaryBiTemperedLoss(t1, t2, normalization, smoothing);
  }

  /** The authors' algorithm with that many iterations; they use 5. For parity. */
  public BinaryBiTemperedLoss withIterations(int iterations) {
    return new BinaryBiTemperedLoss(t1, t2, Normalization.published(iterations), smoothing);
  }

  /** The probability of y = 1 that this loss trains: the tempered sigmoid at t2. */
  public Tensor predict(Tensor logits) {
    return new TemperedSigmoid(t2, normalization).of(logits);
  }

  private ElementKernel kernel() {
    TemperedUnitKernel unit = new TemperedUnitKernel(t1, t2, normalization);
    return new ElementKernel() {
      @Override
      public void evaluate(Tile tile, int n) {
        double[] x = new double[2];
        double[] y = new double[2];
        double[] g = new double[2];
        for (int j = 0; j < n; j++) {
          x[0] = 0;
          x[1] = tile.x[j];
          y[1] = (1 - 2 * smoothing) * tile.y[j] + smoothing;
          y[0] = 1 - y[1];
          tile.v[j] = (float) Math.min(unit.unit(x, y, g, 2), Float.MAX_VALUE);
          tile.g[j] = (float) g[1];
        }
      }

      @Override
      public double curvature(double logit, double target, int k) {
        double smoothed = (1 - 2 * smoothing) * target + smoothing;
        double[] both = new double[2];
        unit.curvature(new double[] {0, logit}, new double[] {1 - smoothed, smoothed}, both, 2);
        return both[1];
      }
    };
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return Elements.evaluate(this, kernel(), batch, reduction, gradient);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature) {
    return Elements.curved(this, kernel(), batch, reduction, gradient, curvature);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return Elements.evaluate(this, kernel(), batch, reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return Elements.values(this, kernel(), batch);
  }
}
