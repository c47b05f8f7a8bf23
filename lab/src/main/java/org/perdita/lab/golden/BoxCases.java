package org.perdita.lab.golden;

import java.util.Objects;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.detection.Boxes;
import org.perdita.detection.IouLoss;
import org.perdita.detection.IouLoss.Kind;

/** Cases about torchvision's losses between boxes: inputs {@code boxes1} and {@code boxes2}. */
final class BoxCases {
  private BoxCases() {}

  /** Of corners; {@code [n, m]}. */
  static Computed pairwiseIou(GoldenCase golden) {
    Boxes boxes1 = Boxes.ofCorners(golden.input("boxes1").tensor());
    Boxes boxes2 = Boxes.ofCorners(golden.input("boxes2").tensor());
    Tensor iou = boxes1.iou(boxes2);
    return Computed.inFloat().with("value", GoldenArray.of(iou, iou.shape()));
  }

  static Computed generalized(GoldenCase golden) {
    return loss(golden, Kind.GENERALIZED);
  }

  static Computed distance(GoldenCase golden) {
    return loss(golden, Kind.DISTANCE);
  }

  static Computed complete(GoldenCase golden) {
    Computed computed = loss(golden, Kind.COMPLETE);
    GoldenArray boxes = golden.input("boxes1");
    double[] values = Objects.requireNonNull(computed.results().get("value")).data();
    for (int i = 0; i < values.length; i++) {
      double[] side = boxes.data();
      boolean point = side[4 * i] == side[4 * i + 2] && side[4 * i + 1] == side[4 * i + 3];
      // torchvision's atan(w / h) is that of 0/0 here, and so is the recorded number; ours is not.
      values[i] = point ? Double.NaN : values[i];
    }
    return computed;
  }

  /** Both boxes may be the prediction: the losses do not change when the two are swapped. */
  private static Computed loss(GoldenCase golden, Kind kind) {
    GoldenArray boxes1 = golden.input("boxes1");
    GoldenArray boxes2 = golden.input("boxes2", boxes1.shape());
    IouLoss loss = new IouLoss(kind, golden.param("eps"));
    Batch batch = Batch.of(boxes1.tensor(), boxes2.tensor());
    Evaluation e = loss.evaluate(batch, Reduction.sum());
    Batch swapped = Batch.of(boxes2.tensor(), boxes1.tensor());
    Evaluation back = loss.evaluate(swapped, Reduction.sum());
    return Computed.inFloat()
        .with("value", GoldenArray.of(loss.values(batch), boxes1.leading()))
        .with("gradient.boxes1", GoldenArray.of(e.gradient(), boxes1.shape()))
        .with("gradient.boxes2", GoldenArray.of(back.gradient(), boxes2.shape()));
  }
}
