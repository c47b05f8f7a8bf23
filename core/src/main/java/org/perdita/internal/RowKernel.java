package org.perdita.internal;

/**
 * The formula of a loss over the classes of a unit. Targets are {@code block.y} where it is not
 * null, {@code block.label} otherwise. Stateless, shared between threads.
 */
public interface RowKernel {

  /** Writes {@code v} and {@code g} of all the block's units. */
  void evaluate(Block block);

  /**
   * d² loss / d prediction² of one unit, in double.
   *
   * @param logits the unit's predictions; may be changed
   * @param target its distribution; a label is 1 at its class
   * @param curvature overwritten
   * @param classes how many entries of the arrays count
   */
  default void curvature(double[] logits, double[] target, double[] curvature, int classes) {
    throw new IllegalStateException("this loss has no curvature");
  }
}
