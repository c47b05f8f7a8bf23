package org.perdita.lab.report.loss;

import java.util.List;
import java.util.stream.DoubleStream;
import org.perdita.Tensor;
import org.perdita.detection.IouBalancedLocalizationLoss;
import org.perdita.detection.SmoothL1Loss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** Nearly right boxes made exact. */
final class IouBalancedLocalizationPage {
  private static final String PAPER = "Wu et al., arXiv 1908.05641";

  private IouBalancedLocalizationPage() {}

  static LossPage page() {
    var loss = IouBalancedLocalizationLoss.of(1.5, new SmoothL1Loss(0.3));
    return new LossPage(
        "IouBalancedLocalizationLoss",
        "A box counts the more the better it already is: hopeless boxes fade, nearly right ones"
            + " become exact.",
        "Lᵢ = w iouᵢ^λ Σ smoothL1(d) over cx, cy, w, h",
        "d the difference of predicted and target offsets, iou the overlap of the decoded box with"
            + " its target, a constant to the gradient",
        "Wu et al., “IoU-balanced Loss Functions for Single-stage Object Detection”, arXiv"
            + " 1908.05641, equations 4 and 5",
        "difference d of one offset; λ = 1.5, β = 0.3",
        DoubleStream.of(0.5, 0.7, 0.9)
            .mapToObj(
                iou ->
                    LossCurve.ofOffset(
                        "IoU " + Numerals.of(iou),
                        loss.at(Tensor.of(filled((float) iou), LossCurve.POINTS))))
            .toList(),
        List.of(
            "λ = 0 and w = 1 is SmoothL1Loss.",
            "A box of IoU 0 has neither loss nor gradient.",
            "Normalised, a batch's loss is w times what it was, and with IoU 0 throughout just"
                + " that."),
        List.of(
            "Offsets [n, 4]; iou [n], given or from decoding with a BoxCoder; a unit is a row.",
            "λ in [0, 100], w above 0."),
        List.of(
            new Default("λ", "1.5", PAPER + ": AP 35.2 against 34.4"),
            new Default("w", "that keeps the first step's loss: calibrated", PAPER),
            new Default("w", "3.049 for ResNet-50, 2.878 for ResNet-101", "the author's files")),
        List.of(
            new Pitfall(
                "A gradient through the weight rewards a good box with a larger loss.",
                "the reason why the paper holds it constant; throughWeight shows it"),
            new Pitfall(
                "Weights from the loss, and a sum of overlaps over all boxes, are another loss.",
                "Elliefye/IoU-balanced-Loss-SSD, read")),
        Snippet.of("IouBalancedLocalizationLoss", Snippets.iouBalancedLocalization()));
  }

  private static float[] filled(float value) {
    float[] all = new float[LossCurve.POINTS];
    java.util.Arrays.fill(all, value);
    return all;
  }
}
