package org.perdita.detection;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * The smooth L1 loss on box offsets, in which a box counts the more the better it already is:
 * gradients of hopeless boxes fade, and those of nearly right ones make them exact.
 *
 * <pre>
 * L_i = w iou_i^λ Σ_{cx, cy, w, h} smoothL1(d)
 * </pre>
 *
 * <p>Shapes: predicted and target offsets {@code [n, 4]}, as {@link BoxCoder} encodes them; {@code
 * iou} is {@code [n]}: of the decoded box with its target. A unit is a row; rows are positives, or
 * have weight 0. Detection divides by the number of positives.
 *
 * <p>Three forms, by name:
 *
 * <ul>
 *   <li>{@link #at(Tensor)}: the overlaps are given, and constants to the gradient, as in the paper
 *   <li>{@link #decoding}: the overlaps are those of the decoded predictions; constants too
 *   <li>{@link #throughWeight}: the gradient also goes through the overlap, which rewards a good
 *       box with a larger loss; nobody trains so, it is here to see what the constant is for
 * </ul>
 *
 * <p>Range: values from 0 up. The gradient is within ± w.
 *
 * <p>Limits: λ = 0 and w = 1 is {@link SmoothL1Loss}. A box of IoU 0 has no loss and no gradient (λ
 * &gt; 0). Normalised, when every overlap is 0, the weights are 1.
 *
 * <p>Accuracy: computed in double from the floats given.
 *
 * <p>Refuses: λ outside [0, 100], w that is not above 0, an IoU outside [0, 1] where the row
 * counts.
 *
 * <p>The paper sets w by hand so that the first step's loss is what it was; its author's
 * configurations have 3.049 for ResNet-50 and 2.878 for ResNet-101. {@link #calibrated} computes
 * it. {@link #normalized} divides instead by what the weights make of each batch (the paper's
 * equation 5); the paper found that worse.
 *
 * {@snippet :
 * var loss = IouBalancedLocalizationLoss.of(1.5, SmoothL1Loss.retinaNet());
 * loss = loss.calibrated(firstBatch, firstIou);
 * Evaluation e = loss.at(iou).evaluate(batch, Reduction.perPositive(positives));
 * }
 *
 * @param lambda how much the IoU decides; 1.5 was best in the paper
 * @param weight w; when normalised, what the weights' mean is multiplied by
 * @param smoothL1 the loss of one offset
 * @param balance whether w stands as it is or is normalised a batch
 * @see <a href="https://arxiv.org/abs/1908.05641">Wu et al.: IoU-balanced Loss Functions for
 *     Single-stage Object Detection, equations 4 and 5</a>
 */
public record IouBalancedLocalizationLoss(
    double lambda, double weight, SmoothL1Loss smoothL1, Balance balance) {

  /** What stands before iou<sup>λ</sup>. */
  public enum Balance {
    /** w, in every batch the same. */
    FIXED,
    /** w Σ l / Σ iou<sup>λ</sup> l, so that a batch's loss is w times what it was. */
    NORMALIZED
  }

  public IouBalancedLocalizationLoss {
    Check.that(
        lambda >= 0 && lambda <= 100,
        "IouBalancedLocalizationLoss",
        "lambda",
        lambda,
        "in [0, 100]");
    Check.that(
        weight > 0 && weight < 1e30,
        "IouBalancedLocalizationLoss",
        "weight",
        weight,
        "in (0, 1e30)");
  }

  /** With w = 1. */
  public static IouBalancedLocalizationLoss of(double lambda, SmoothL1Loss smoothL1) {
    return new IouBalancedLocalizationLoss(lambda, 1, smoothL1, Balance.FIXED);
  }

  /** The same with another w. */
  public IouBalancedLocalizationLoss withWeight(double weight) {
    return new IouBalancedLocalizationLoss(lambda, weight, smoothL1, balance);
  }

  /** The same, normalised a batch. */
  public IouBalancedLocalizationLoss normalized() {
    return new IouBalancedLocalizationLoss(lambda, weight, smoothL1, Balance.NORMALIZED);
  }

  /**
   * The same with the w that leaves this batch's loss as {@link SmoothL1Loss} has it. Meant for the
   * first step's.
   *
   * @return unchanged when every loss or every IoU of the batch is 0
   */
  public IouBalancedLocalizationLoss calibrated(Batch batch, Tensor iou) {
    return withWeight(calibratedWeight(batch, iou));
  }

  /** The w of {@link #calibrated}. */
  public double calibratedWeight(Batch batch, Tensor iou) {
    IouBalancedLocalizationLoss plain = of(0, smoothL1);
    double before = plain.at(iou).value(batch, Reduction.sum());
    double after = of(lambda, smoothL1).at(iou).value(batch, Reduction.sum());
    return before > 0 && after > 0 ? before / after : weight;
  }

  /**
   * The loss of boxes that overlap their targets by {@code iou}.
   *
   * @param iou {@code [n]}, read where a row counts; not copied
   */
  public Loss at(Tensor iou) {
    return new BalancedOffsets(this, new BalancedOffsets.Given(iou));
  }

  /** The loss of boxes whose overlaps come from decoding predicted and target offsets. */
  public Loss decoding(BoxCoder coder, Boxes anchors) {
    return new BalancedOffsets(this, new BalancedOffsets.Decoded(coder, anchors, false));
  }

  /**
   * As {@link #decoding}, with the gradient of iou<sup>λ</sup> too.
   *
   * @throws IllegalArgumentException if this loss is normalised
   */
  public Loss throughWeight(BoxCoder coder, Boxes anchors) {
    Check.that(
        balance == Balance.FIXED, this, "balance for a gradient through it", balance, "FIXED");
    return new BalancedOffsets(this, new BalancedOffsets.Decoded(coder, anchors, true));
  }
}
