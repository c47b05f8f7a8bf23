package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.detection.IouLoss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The losses of whole boxes. */
final class IouPage {
  private IouPage() {}

  static LossPage page() {
    return new LossPage(
        "IouLoss",
        "One minus the overlap of a box with its target, so that a box is judged as a whole and at"
            + " its own scale.",
        "IoU: 1 − I/U;  GIoU: + (C − U)/C;  DIoU: + ρ²/c²;  CIoU: + ρ²/c² + α v",
        "I the intersection, U the union, C the area and c the diagonal of the smallest box around"
            + " both, ρ the distance of the centres, v = 4/π² (atan w/h − atan w′/h′)², α = v /"
            + " (1 − I/U + v), a constant to the gradient",
        "Rezatofighi et al., “Generalized Intersection over Union”, CVPR 2019, arXiv 1902.09630;"
            + " Zheng et al., “Distance-IoU Loss”, AAAI 2020, arXiv 1911.08287",
        "a box 40 × 40 moved sideways over a target 40 × 25, pixels",
        List.of(
            LossCurve.ofMovedBox("IoU", IouLoss.iou()),
            LossCurve.ofMovedBox("GIoU", IouLoss.generalized()),
            LossCurve.ofMovedBox("DIoU", IouLoss.distance()),
            LossCurve.ofMovedBox("CIoU", IouLoss.complete())),
        List.of(
            "0 for the target itself, and for nothing else.",
            "Without overlap IoU has no slope; the others still pull.",
            "IoU ends at 1, GIoU and DIoU below 2, CIoU below 3."),
        List.of(
            "Prediction and target [n, 4] of corners x1, y1, x2, y2; a unit is a box.",
            "Every finite predicted box; targets must not be inverted.",
            "ε is added to each denominator; 0 unless asked for."),
        List.of(
            new Default("ε", "0", "the papers"),
            new Default("ε", "1e-7", "torchvision"),
            new Default("kind", "GIoU", "the first that pulls boxes apart together")),
        List.of(
            new Pitfall(
                "CIoU of a box without width and height is NaN and poisons the mean. Here it is"
                    + " finite.",
                "torchvision 0.28, measured; DIoU-pytorch-detectron #3"),
            new Pitfall(
                "An inverted box is called perfect. Here it costs 1 or more.",
                "torchvision's GIoU, measured; fvcore and MONAI refuse it"),
            new Pitfall("−log IoU and 1 − IoU go by one name.", "mmdetection #2518"),
            new Pitfall(
                "ε in the unit of the boxes: in a unit square a perfect box of side 0.001 costs"
                    + " 0.09 under torchvision's.",
                "computed")),
        Snippet.of("IouLoss", Snippets.iou()));
  }
}
