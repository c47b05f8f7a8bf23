package org.perdita.lab.parity;

import java.util.List;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.detection.IouBalancedClassificationLoss;
import org.perdita.detection.IouLoss;

/** Other libraries' losses of detection. */
final class DetectionRecipes {
  private static final String BOXES = "iou_losses.json";
  private static final String BALANCED = "iou_balanced.json";
  private static final String AUTHOR =
      "ShengkaiWu/IoU-aware-single-stage-object-detector (author), mmdet/core/loss/losses.py"
          + " @67b8955";

  private DetectionRecipes() {}

  static List<Counterpart> all() {
    return List.of(
        Counterpart.of("IouLoss", "torchvision 0.28, GIoU", "ops.generalized_box_iou_loss(b1, b2)")
            .differs(
                "Corners x1 y1 x2 y2, width x2 - x1. eps=1e-7 joins the denominators. No reduction"
                    + " is the default.")
            .wrong("An inverted box has loss 0 there, as if it were perfect.")
            .by(DetectionRecipes.class, DetectionRecipes::generalized, BOXES, "generalized_random"),
        Counterpart.of("IouLoss", "torchvision 0.28, DIoU", "ops.distance_box_iou_loss(b1, b2)")
            .differs("As for GIoU.")
            .by(DetectionRecipes.class, DetectionRecipes::distance, BOXES, "distance_random"),
        Counterpart.of("IouLoss", "torchvision 0.28, CIoU", "ops.complete_box_iou_loss(b1, b2)")
            .differs("As for GIoU. alpha is held constant in the gradient, there and here.")
            .wrong(
                "A box without width and height gives NaN, and so does the mean of its batch: 0/0"
                    + " inside an arc tangent.")
            .by(DetectionRecipes.class, DetectionRecipes::complete, BOXES, "complete_random"),
        Counterpart.of(
                "IouBalancedClassificationLoss",
                AUTHOR + ", with focal loss",
                "iou_balanced_sigmoid_focal_loss(x, y, iou, eta=1.5, avg_factor=3)")
            .differs(
                "Its sums have 1e-6 added where it normalises. avg_factor is Reduction.dividedBy.")
            .by(DetectionRecipes.class, DetectionRecipes::balancedFocal, BALANCED, "focal_eta1.5"),
        Counterpart.of(
                "IouBalancedClassificationLoss",
                AUTHOR + ", with cross-entropy",
                "iou_balanced_cross_entropy(x, label, iou, eta=1.5, avg_factor=3)")
            .differs("Class 0 is the background there.")
            .by(
                DetectionRecipes.class,
                DetectionRecipes::balancedCrossEntropy,
                BALANCED,
                "ce_eta1.5"));
  }

  private static Answer generalized(Counterpart.Inputs in) {
    Tensor b1 = in.tensor("boxes1");
    Tensor b2 = in.tensor("boxes2");
    // @start region=generalized_random
    var loss = IouLoss.generalized().withEpsilon(1e-7);
    var each = loss.values(Batch.of(b1, b2));
    var sum = loss.evaluate(Batch.of(b1, b2), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.boxes1", sum.gradient());
  }

  private static Answer distance(Counterpart.Inputs in) {
    Tensor b1 = in.tensor("boxes1");
    Tensor b2 = in.tensor("boxes2");
    // @start region=distance_random
    var loss = IouLoss.distance().withEpsilon(1e-7);
    var each = loss.values(Batch.of(b1, b2));
    var sum = loss.evaluate(Batch.of(b1, b2), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.boxes1", sum.gradient());
  }

  private static Answer complete(Counterpart.Inputs in) {
    Tensor b1 = in.tensor("boxes1");
    Tensor b2 = in.tensor("boxes2");
    // @start region=complete_random
    var loss = IouLoss.complete().withEpsilon(1e-7);
    var each = loss.values(Batch.of(b1, b2));
    var sum = loss.evaluate(Batch.of(b1, b2), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.boxes1", sum.gradient());
  }

  private static Answer balancedFocal(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    Tensor iou = in.tensor("iou");
    // @start region=focal_eta1.5
    var balanced = IouBalancedClassificationLoss.sigmoid(1.5, FocalLoss.retinaNet());
    var loss = balanced.withNormalizerEpsilon(1e-6).at(iou);
    var e = loss.evaluate(Batch.of(x, y), Reduction.dividedBy(3)); // avg_factor=3
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer balancedCrossEntropy(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Labels label = in.labels("labels");
    Tensor iou = in.tensor("iou");
    // @start region=ce_eta1.5
    var balanced = IouBalancedClassificationLoss.softmax(1.5, new CrossEntropyLoss(), 0);
    var loss = balanced.withNormalizerEpsilon(1e-6).at(iou);
    var e = loss.evaluate(Batch.of(x, label), Reduction.dividedBy(3)); // avg_factor=3
    // @end
    return Answer.of(e, "logits");
  }
}
