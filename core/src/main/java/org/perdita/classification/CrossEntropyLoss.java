package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Block;
import org.perdita.internal.RowKernel;
import org.perdita.internal.Rows;

/** Cross-entropy of the softmax: −Σ y log softmax(x), unit by unit. */
public record CrossEntropyLoss() implements Loss {

  private static final RowKernel KERNEL =
      new RowKernel() {
        @Override
        public void columns(Block block) {
          for (int j = 0; j < block.units; j++) {
            unit(block, false, j);
          }
        }

        @Override
        public void row(Block block) {
          unit(block, true, 0);
        }

        private void unit(Block b, boolean row, int j) {
          double max = Double.NEGATIVE_INFINITY;
          for (int k = 0; k < b.classes; k++) {
            max = Math.max(max, at(b.x, row, k, j));
          }
          double z = 0;
          for (int k = 0; k < b.classes; k++) {
            z += Math.exp(at(b.x, row, k, j) - max);
          }
          double value = 0;
          float[][] y = b.y;
          for (int k = 0; k < b.classes; k++) {
            double logP = at(b.x, row, k, j) - max - Math.log(z);
            double target = y == null ? (b.label[j] == k ? 1 : 0) : at(y, row, k, j);
            value -= target == 0 ? 0 : target * logP;
            float g = (float) (Math.exp(logP) - target);
            if (row) {
              b.g[k / Block.CLASSES][k % Block.CLASSES] = g;
            } else {
              b.g[k][j] = g;
            }
          }
          b.v[j] = (float) Math.min(value, Float.MAX_VALUE);
        }

        private float at(float[][] a, boolean row, int k, int j) {
          return row ? a[k / Block.CLASSES][k % Block.CLASSES] : a[k][j];
        }
      };

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return Rows.evaluate(this, KERNEL, batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return Rows.evaluate(this, KERNEL, batch, reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return Rows.values(this, KERNEL, batch);
  }
}
