package org.perdita.lab.detection;

import org.jspecify.annotations.Nullable;
import org.perdita.detection.IouBalancedLocalizationLoss;
import org.perdita.detection.SmoothL1Loss;

/**
 * What a detector minimises: the loss of its scores plus that of its boxes, both over the number of
 * positives of the batch.
 *
 * @param scores of all anchors
 * @param boxes of the positives' offsets
 * @param balance weights the positives' boxes by their overlap, calibrated at the first step; null
 *     when all count alike
 */
record Objective(
    ScoreLoss scores, SmoothL1Loss boxes, @Nullable IouBalancedLocalizationLoss balance) {

  static Objective of(ScoreLoss scores, SmoothL1Loss boxes) {
    return new Objective(scores, boxes, null);
  }

  /** As in the report: the two losses. */
  @Override
  public String toString() {
    return scores + " + " + (balance == null ? boxes : balance);
  }
}
