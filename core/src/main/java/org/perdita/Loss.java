package org.perdita;

/**
 * A loss: one formula, giving its value and its exact gradient together.
 *
 * <p>What every loss promises, each held by a test:
 *
 * <ol>
 *   <li>Predictions are what the last linear layer gives; no flag says otherwise.
 *   <li>The gradient is d value / d prediction, in the prediction's shape; descent subtracts it.
 *   <li>A unit of weight 0 is never read. When all are ignored, value and gradient are 0.
 *   <li>Inputs are neither changed nor kept.
 *   <li>Finite inputs, however large, give a finite value and gradient. Predictions that are not
 *       finite flow through as IEEE 754 says.
 *   <li>Floats in, float gradient out, sums in double; the same bits on every call and for every
 *       number of threads.
 *   <li>Targets, weights and parameters are checked; what is refused is an {@link
 *       IllegalArgumentException} that says who, what, what was found and what may be. After a
 *       refusal the caller's gradient memory holds no meaning.
 * </ol>
 *
 * <p>Work on more than one chunk of 65,536 elements is shared over the fork-join pool it is called
 * from, or over the common pool. To use one thread, call from a {@code ForkJoinPool(1)} or set
 * {@code java.util.concurrent.ForkJoinPool.common.parallelism}.
 *
 * <p>A loss is immutable and safe to share between threads.
 */
public interface Loss {

  /**
   * Value and gradient.
   *
   * @return the value, and a gradient in new memory, shaped like the prediction
   */
  default Evaluation evaluate(Batch batch, Reduction reduction) {
    Tensor gradient = Tensor.zeros(batch.prediction().shape());
    return new Evaluation(evaluate(batch, reduction, gradient), gradient);
  }

  /**
   * Value, with the gradient written into the caller's memory.
   *
   * @param gradient overwritten; shaped like the prediction, and not the prediction's own memory
   */
  double evaluate(Batch batch, Reduction reduction, Tensor gradient);

  /** Value alone, for when no gradient is wanted. */
  double value(Batch batch, Reduction reduction);

  /** The weighted loss of each unit, shaped like the units; their sum is the summed value. */
  Tensor values(Batch batch);
}
