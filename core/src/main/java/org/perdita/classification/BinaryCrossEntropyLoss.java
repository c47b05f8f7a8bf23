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
 * by σ(x).
 *
 * <pre>
 * loss = −w y log σ(x) − (1 − y) log σ(−x)
 * </pre>
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
      Logistic.crossEntropy(tile, n);
      float[] sign = tile.t[Logistic.SIGN];
      if (positive.length == 0) {
        Logistic.multiply(tile.g, sign, n);
        return;
      }
      float[] weight = tile.t[Logistic.FREE];
      PerClass.fill(weight, positive, tile.k, n);
      float[] e = tile.t[Logistic.E];
      float[] r = tile.t[Logistic.R];
      float[] l = tile.t[Logistic.L];
      weighted(tile.x, tile.y, weight, e, r, l, sign, tile.v, tile.g, n);
    }

    /**
     * With the weighted masses h and m on the wrong and the right side: (h + m) log(1 + e) + h |x|.
     */
    private static void weighted(
        float[] x,
        float[] y,
        float[] weight,
        float[] e,
        float[] r,
        float[] l,
        float[] sign,
        float[] v,
        float[] g,
        int n) {
      for (int j = 0; j < n; j++) {
        float up = Math.fma(0.5f, sign[j], 0.5f);
        float down = 1 - up;
        float positive = weight[j] * y[j];
        float negative = 1 - y[j];
        float wrong = up * negative + down * positive;
        float right = up * positive + down * negative;
        float far = Math.abs(x[j]) + l[j];
        v[j] = Math.min(wrong * far + right * l[j], Math.max(far, Float.MAX_VALUE));
        g[j] = sign[j] * r[j] * (wrong - e[j] * right);
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
