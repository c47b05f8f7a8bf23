package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.ElementKernel;
import org.perdita.internal.Elements;
import org.perdita.internal.Tile;

/** Binary cross-entropy on logits: −y log σ(x) − (1 − y) log σ(−x), element by element. */
public record BinaryCrossEntropyLoss() implements CurvedLoss {

  private static final ElementKernel KERNEL =
      new ElementKernel() {
        @Override
        public void evaluate(Tile tile, int n) {
          for (int j = 0; j < n; j++) {
            double x = tile.x[j];
            double e = Math.exp(-Math.abs(x));
            tile.v[j] = (float) (Math.max(x, 0) - x * tile.y[j] + Math.log1p(e));
            tile.g[j] = (float) ((x >= 0 ? 1 : e) / (1 + e) - tile.y[j]);
          }
        }

        @Override
        public double curvature(double x, double y, int k) {
          double e = Math.exp(-Math.abs(x));
          return e / ((1 + e) * (1 + e));
        }
      };

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return Elements.evaluate(this, KERNEL, batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return Elements.evaluate(this, KERNEL, batch, reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return Elements.values(this, KERNEL, batch);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature) {
    return Elements.curved(this, KERNEL, batch, reduction, gradient, curvature);
  }
}
