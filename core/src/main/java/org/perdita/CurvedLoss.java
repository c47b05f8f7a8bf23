package org.perdita;

import java.io.Serializable;

/**
 * A loss that also knows the diagonal of its Hessian, which boosting and Newton steps want.
 *
 * <p>The curvature is exact, so where the loss is not convex it is negative; whoever needs a
 * positive one bounds it.
 *
 * <p>It can be written and read by Java's serialization, as engines that boost on several machines
 * demand; a record is read through its constructor, which checks.
 */
public interface CurvedLoss extends Loss, Serializable {

  /**
   * Value, gradient and curvature.
   *
   * @param gradient overwritten with d value / d prediction
   * @param curvature overwritten with d² value / d prediction², entry by entry; shaped like the
   *     prediction
   */
  double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature);
}
