package org.perdita.detection;

import org.perdita.Loss;
import org.perdita.Tensor;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.internal.Check;

/**
 * A classification loss in which a positive anchor counts the more the better its box is: scores
 * then follow the quality of the boxes, and non-maximum suppression keeps the right ones.
 *
 * <pre>
 * L = Σ_pos w_i l_i + Σ_neg l_i
 * w_i = iou_i^η · Σ_pos l_i / Σ_pos iou_i^η l_i
 * </pre>
 *
 * <p>where l is another loss: sigmoid focal, binary cross-entropy, or softmax cross-entropy. The
 * sum over the positives stays what it was, only their shares change; negatives are untouched. The
 * weights are constants to the gradient.
 *
 * <p>Shapes: predictions {@code [n, c]} with labels {@code [n]}, or, for the losses on independent
 * logits, dense targets {@code [n, c]} of 0 and 1; {@code iou} is {@code [n]}: of the box that the
 * anchor's offsets decode to, with the anchor's target, and not of the anchor itself. With labels,
 * a positive is the labelled entry of a row, and label c a row without; under softmax a positive is
 * a row whose label is not the background's. Units, weights and reductions are those of l, and l is
 * weighted before it is balanced. Detection divides by the number of positives.
 *
 * <p>Range: that of l; w<sub>i</sub> is below 1 for boxes worse than the positives' mean.
 *
 * <p>Limits: η = 0 is l, as are positives of one IoU and a single positive. When every positive's
 * IoU is 0, or its loss, the weights are 1: there is nothing to share out by.
 *
 * <p>Accuracy: that of l; the weights are computed in double.
 *
 * <p>Refuses: η outside [0, 100], an IoU of a positive outside [0, 1], dense targets other than 0
 * and 1, and what l refuses. The IoU of a negative or of an ignored anchor is not read.
 *
 * <p>The author's code differs: it adds 1e-6 to the denominator, so that positives whose IoU is 0
 * throughout lose their loss ({@link #withNormalizerEpsilon} has that); its η of 0 weighs every
 * negative (0⁰ = 1) and its binary form always marks row 0 positive (neither is here).
 *
 * {@snippet :
 * Loss loss = IouBalancedClassificationLoss.sigmoid(1.5, FocalLoss.retinaNet()).at(iou);
 * Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.perPositive(positives));
 * }
 *
 * @param eta how much the IoU decides; 1.5 was best in the paper
 * @param base the loss whose positives are weighted
 * @param normalizerEpsilon what is added to the denominator of w; 0 as in the paper
 * @see <a href="https://arxiv.org/abs/1908.05641">Wu et al.: IoU-balanced Loss Functions for
 *     Single-stage Object Detection, equations 1 to 3</a>
 */
public record IouBalancedClassificationLoss(double eta, Base base, double normalizerEpsilon) {

  /** What is weighted, and which of its units are positives. */
  public sealed interface Base {
    /** The loss itself. */
    Loss loss();
  }

  /** A loss on independent logits; its positives are the entries whose target is 1. */
  public record Sigmoid(Loss loss) implements Base {}

  /**
   * Cross-entropy over classes of which one is the background; its positives are the rows labelled
   * otherwise.
   *
   * @param background the background's class: 0 in early code, c − 1 in later
   */
  public record Softmax(CrossEntropyLoss loss, int background) implements Base {}

  public IouBalancedClassificationLoss {
    Check.that(eta >= 0 && eta <= 100, "IouBalancedClassificationLoss", "eta", eta, "in [0, 100]");
    Check.that(
        normalizerEpsilon >= 0 && normalizerEpsilon < 1e30,
        "IouBalancedClassificationLoss",
        "normalizerEpsilon",
        normalizerEpsilon,
        "in [0, 1e30)");
  }

  /** On the focal loss, as in RetinaNet. */
  public static IouBalancedClassificationLoss sigmoid(double eta, FocalLoss loss) {
    return new IouBalancedClassificationLoss(eta, new Sigmoid(loss), 0);
  }

  /** On binary cross-entropy, as in YOLO. */
  public static IouBalancedClassificationLoss binary(double eta, BinaryCrossEntropyLoss loss) {
    return new IouBalancedClassificationLoss(eta, new Sigmoid(loss), 0);
  }

  /** On cross-entropy over classes, as in SSD. */
  public static IouBalancedClassificationLoss softmax(
      double eta, CrossEntropyLoss loss, int background) {
    return new IouBalancedClassificationLoss(eta, new Softmax(loss, background), 0);
  }

  /** The same with another ε in the denominator; the author's code has 1e-6. */
  public IouBalancedClassificationLoss withNormalizerEpsilon(double epsilon) {
    return new IouBalancedClassificationLoss(eta, base, epsilon);
  }

  /**
   * The loss of anchors whose boxes overlap their targets by {@code iou}.
   *
   * @param iou {@code [n]}, read at the positives; not copied
   */
  public Loss at(Tensor iou) {
    return new BalancedPositives(this, iou);
  }
}
