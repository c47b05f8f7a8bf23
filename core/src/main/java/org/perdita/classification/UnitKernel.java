package org.perdita.classification;

import org.perdita.internal.Block;
import org.perdita.internal.RowKernel;

/** A kernel that takes the units of a block one by one, in double: exact, and not for speed. */
abstract class UnitKernel implements RowKernel {

  /**
   * One unit's loss.
   *
   * @param x its logits; may be changed
   * @param y its distribution, 1 at the class of a label
   * @param g overwritten with d loss / d x
   * @param classes how many entries of the arrays count
   */
  abstract double unit(double[] x, double[] y, double[] g, int classes);

  @Override
  public final void evaluate(Block block) {
    double[] g = block.result();
    for (int j = 0; j < block.units; j++) {
      double value = unit(block.logits(j), block.target(j), g, block.classes);
      block.v[j] = (float) Math.min(value, Float.MAX_VALUE);
      for (int k = 0; k < block.classes; k++) {
        block.set(block.g, k, j, (float) g[k]);
      }
    }
  }
}
