package org.perdita.segmentation;

/**
 * What a regional loss does about a class that is nowhere in the target. Libraries differ: with a
 * probability of 0.01 everywhere, MONAI and Keras say 1 and segmentation_models says 0.
 */
public enum EmptyClass {
  /**
   * The formula as it stands, which smoothing makes finite: nearly 1 unless the prediction is empty
   * too, with a gradient that shrinks the prediction. MONAI's way.
   */
  AS_FORMULA,

  /** The unit costs 0, has no gradient, and counts in a mean. segmentation_models' way. */
  COSTS_NOTHING,

  /** The unit counts nowhere, as if its weight were 0. */
  LEFT_OUT
}
