package org.perdita.lab.report.loss;

import java.util.List;
import java.util.stream.DoubleStream;
import org.perdita.detection.SmoothL1Loss;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;

/** The loss of box offsets. */
final class SmoothL1Page {
  private SmoothL1Page() {}

  static LossPage page() {
    return new LossPage(
        "SmoothL1Loss",
        "Quadratic for small errors, so that nearly right boxes settle; linear for large ones, so"
            + " that a wrong box does not drown the others.",
        "l = d² / (2 β) where |d| < β, |d| − β / 2 elsewhere",
        "d the difference of prediction and target, β where the parabola ends",
        "Girshick, “Fast R-CNN”, ICCV 2015, arXiv 1504.08083, equation 3",
        "difference d",
        DoubleStream.of(0, 0.11, 0.3)
            .mapToObj(
                beta -> LossCurve.ofError("β = " + Numerals.of(beta), new SmoothL1Loss(beta), 0.4))
            .toList(),
        List.of(
            "β = 0 is the absolute error; its gradient at d = 0 is 0.",
            "β times it is the Huber loss with δ = β.",
            "The gradient of an offset stays in [−1, 1]."),
        List.of(
            "Prediction and target of one shape, any; every element is a unit.",
            "β in [0, 1e30); targets are any finite numbers."),
        List.of(
            new Default("β", "0.11", "Lin et al., ICCV 2017, as Detectron has it"),
            new Default("β", "1", "torch"),
            new Default("β", "0.1, and 0 in the signature", "Detectron2")),
        List.of(
            new Pitfall(
                "β = 1 on offsets that are mostly below 1: nearly every box is in the parabola,"
                    + " and the box loss is weak beside the class loss.",
                "the reason for RetinaNet's 0.11")),
        Snippet.of("SmoothL1Loss", Snippets.smoothL1()));
  }
}
