package org.perdita;

/**
 * A loss that also knows the diagonal of its Hessian, which boosting and Newton steps want.
 *
 * <p>The curvature is exact, so where the loss is not convex it is negative; whoever needs a
 * positive one bounds it.
 */
public interface CurvedLoss extends Loss {

  /**
   * Value, gradient and curvature.
   *
   * @param gradient overwritten with d value / d prediction
   * @param curvature overwritten with d² value / d prediction², entry by entry; shaped like the
   *     prediction
   */
  double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature);
}
