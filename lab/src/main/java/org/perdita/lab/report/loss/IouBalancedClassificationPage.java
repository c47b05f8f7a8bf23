package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.classification.FocalLoss;
import org.perdita.detection.IouBalancedClassificationLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** Scores that follow the boxes. */
final class IouBalancedClassificationPage {
  private static final String PAPER = "Wu et al., arXiv 1908.05641";

  private IouBalancedClassificationPage() {}

  static LossPage page() {
    var loss = IouBalancedClassificationLoss.sigmoid(1.5, FocalLoss.retinaNet());
    return new LossPage(
        "IouBalancedClassificationLoss",
        "Positives count the more the better their boxes are, so that scores follow the boxes and"
            + " non-maximum suppression keeps the right ones.",
        "L = Σ_pos wᵢ lᵢ + Σ_neg lᵢ,  wᵢ = iouᵢ^η Σ_pos l / Σ_pos iou^η l",
        "l the loss that is weighted: sigmoid focal, binary or softmax cross-entropy; iou the"
            + " overlap of the regressed box with its target; the weights are constants to the"
            + " gradient",
        "Wu et al., “IoU-balanced Loss Functions for Single-stage Object Detection”, arXiv"
            + " 1908.05641, equations 1 to 3",
        "logit x of a positive, among positives of all three overlaps; focal loss, η = 1.5",
        LossCurve.ofOverlaps(loss, 0.5f, 0.7f, 0.9f),
        List.of(
            "The sum over the positives stays what it was; negatives are untouched.",
            "η = 0, a single positive, or positives of one IoU: the base loss.",
            "Where every positive's IoU is 0 the weights are 1."),
        List.of(
            "Prediction [n, c] with labels [n] or dense targets [n, c] of 0 and 1; iou [n].",
            "η in [0, 100]; the IoU of a positive in [0, 1]."),
        List.of(
            new Default("η", "1.5", PAPER + ": AP 35.1 of 0.5 … 2"),
            new Default("ε in the denominator", "0; 1e-6 in the author's code", PAPER)),
        List.of(
            new Pitfall(
                "The IoU of the anchor instead of the regressed box: it says nothing about what"
                    + " will be kept.",
                PAPER + ", section 3"),
            new Pitfall(
                "Positives whose IoU is 0 throughout lose their loss to the 1e-6 in the"
                    + " denominator.",
                "the author's code, run"),
            new Pitfall(
                "The binary form marks row 0 positive, whatever its label.",
                "the author's code, run")),
        Snippet.of("IouBalancedClassificationLoss", Snippets.iouBalancedClassification()));
  }
}
