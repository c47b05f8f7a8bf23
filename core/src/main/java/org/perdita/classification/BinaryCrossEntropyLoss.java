package org.perdita.classification;

import java.util.Arrays;
import java.util.List;
import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.ElementKernel;
import org.perdita.internal.Elements;
import org.perdita.internal.Tile;

/**
 * Binary cross-entropy on logits, element by element: each class is a question of its own, answered
 * by p = σ(x).
 *
 * <pre>
 * loss = −w y log p − (1 − y) log(1 − p)
 * </pre>
 *
 * <p>Shapes: the target is shaped like the prediction, or holds labels {@code [n, …]} for a
 * prediction {@code [n, c, …]}, where label c means none of the classes. Every element is a unit.
 *
 * <p>Range: values from 0 up, growing like |x| on the wrong side; the gradient is (w y + 1 − y) p −
 * w y, in [−w, 1].
 *
 * <p>Limits: {@link FocalLoss} at γ = 0 without α has the same bits.
 *
 * <p>Accuracy: at most 3e-7 relative for hard targets and every logit in [−10⁴, 10⁴] whose
 * e<sup>−|x|</sup> is a normal float (measured). log p is −log1p(e<sup>−|x|</sup>) − max(−x, 0); 1
 * − p is never formed by subtraction.
 *
 * <p>Refuses: targets outside [0, 1], labels outside 0 … c, weights that are negative or not
 * finite.
 *
 * {@snippet :
 * var loss = new BinaryCrossEntropyLoss().withPositiveWeight(3);
 * }
 *
 * @param positiveWeight w, how often a positive counts beside a negative. None: once; one: for
 *     every class; more: for each class along axis 1.
 */
public record BinaryCrossEntropyLoss(List<Double> positiveWeight) implements CurvedLoss {

  public BinaryCrossEntropyLoss {
    positiveWeight = List.copyOf(positiveWeight);
    for (double w : positiveWeight) {
      Check.that(
          w >= 0 && w <= Float.MAX_VALUE,
          "BinaryCrossEntropyLoss",
          "positive weight",
          w,
          "a finite float of 0 or more");
    }
  }

  /** Positives count as negatives do. */
  public BinaryCrossEntropyLoss() {
    this(List.of());
  }

  /** The same with positives counting {@code weight} times, or as often as their class says. */
  public BinaryCrossEntropyLoss withPositiveWeight(double... weight) {
    return new BinaryCrossEntropyLoss(Arrays.stream(weight).boxed().toList());
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
    float[] weights = new float[positiveWeight.size()];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = positiveWeight.get(c).floatValue();
    }
    return new Kernel(weights);
  }

  private static final class Kernel implements ElementKernel {
    private final float[] positive;

    Kernel(float[] positive) {
      this.positive = positive;
    }

    @Override
    public int classes() {
      return positive.length > 1 ? positive.length : 0;
    }

    @Override
    public void evaluate(Tile tile, int n) {
      if (positive.length == 0) {
        Logistic.crossEntropy(tile, n);
        Logistic.slopes(tile, n);
      } else {
        float[] l = tile.t[Logistic.FREE + 3];
        Logistic.crossEntropy(tile, l, n);
        float[] weight = tile.t[Logistic.FREE];
        float[] wrong = tile.t[Logistic.FREE + 1];
        float[] right = tile.t[Logistic.FREE + 2];
        PerClass.fill(weight, positive, tile.k, n);
        masses(tile.y, weight, tile.t[Logistic.R], wrong, right, n);
        values(tile.x, l, wrong, right, tile.v, n);
        slopes(tile.t[Logistic.E], tile.t[Logistic.R], wrong, right, tile.g, n);
      }
    }

    /** The weighted target on the wrong and on the right side of 0. */
    private static void masses(
        float[] y, float[] weight, float[] r, float[] wrong, float[] right, int n) {
      for (int j = 0; j < n; j++) {
        float up = Math.min(Math.max(2 * r[j], 0), 1); // |r| ≥ ½
        float down = 1 - up;
        float positive = weight[j] * y[j];
        float negative = 1 - y[j];
        wrong[j] = up * negative + down * positive;
        right[j] = up * positive + down * negative;
      }
    }

    /** wrong (|x| + log(1 + e)) + right log(1 + e); finite where |x| is. */
    private static void values(
        float[] x, float[] l, float[] wrong, float[] right, float[] v, int n) {
      for (int j = 0; j < n; j++) {
        float far = Math.abs(x[j]) + l[j];
        v[j] = Math.min(wrong[j] * far + right[j] * l[j], Math.max(far, Float.MAX_VALUE));
      }
    }

    /** r (wrong − e right). */
    private static void slopes(
        float[] e, float[] r, float[] wrong, float[] right, float[] g, int n) {
      for (int j = 0; j < n; j++) {
        g[j] = r[j] * (wrong[j] - e[j] * right[j]);
      }
    }

    @Override
    public double curvature(double x, double y, int k) {
      double e = Math.exp(-Math.abs(x));
      double w = positive.length == 0 ? 1 : positive[positive.length == 1 ? 0 : k];
      return (w * y + 1 - y) * e / ((1 + e) * (1 + e));
    }
  }
}
