package org.perdita.lab.golden;

import java.util.Arrays;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.detection.BoxCoder;
import org.perdita.detection.Boxes;
import org.perdita.detection.IouBalancedClassificationLoss;
import org.perdita.detection.IouBalancedLocalizationLoss;
import org.perdita.detection.SmoothL1Loss;

/**
 * Cases about the losses of the IoU-balanced paper's own code. All give one value, the sum over
 * {@code avg_factor}.
 */
final class IouBalancedCases {
  private static final int SIDES = 4;

  private IouBalancedCases() {}

  /** Inputs {@code logits} and {@code targets} [n, c], {@code iou} [n]. */
  static Computed focal(GoldenCase golden) {
    var loss = new FocalLoss(FocalCases.alpha(golden), golden.param("gamma"));
    Tensor targets = golden.input("targets", golden.input("logits").shape()).tensor();
    var balanced = IouBalancedClassificationLoss.sigmoid(golden.param("eta"), loss);
    return classification(golden, balanced, Batch.of(golden.input("logits").tensor(), targets));
  }

  /** Inputs {@code logits} [n, c], {@code labels} and {@code iou} [n]. */
  static Computed crossEntropy(GoldenCase golden) {
    int background = (int) golden.param("background_class", 0);
    var balanced =
        IouBalancedClassificationLoss.softmax(
            golden.param("eta"), new CrossEntropyLoss(), background);
    Batch batch = Batch.of(golden.input("logits").tensor(), golden.input("labels").labels());
    return classification(golden, balanced, batch);
  }

  private static Computed classification(
      GoldenCase golden, IouBalancedClassificationLoss balanced, Batch batch) {
    double epsilon = golden.param("normalizer_epsilon", 0);
    Loss loss = balanced.withNormalizerEpsilon(epsilon).at(golden.input("iou").tensor());
    return computed(golden, loss, batch, "value", "logits");
  }

  /** Inputs {@code pred}, {@code target} and {@code weight} [n, 4], {@code iou} [n]. */
  static Computed smoothL1(GoldenCase golden) {
    GoldenArray predicted = golden.input("pred");
    Batch batch = offsets(golden, predicted, golden.input("target", predicted.shape()));
    Loss loss = localization(golden).at(golden.input("iou").tensor());
    return computed(golden, loss, batch, "value", "pred");
  }

  /**
   * Inputs {@code anchors}, {@code pred_deltas}, {@code target_deltas} and {@code weight} [n, 4].
   * The boxes' last pixels are inside.
   */
  static Computed fromAnchors(GoldenCase golden) {
    GoldenArray predicted = golden.input("pred_deltas");
    GoldenArray target = golden.input("target_deltas", predicted.shape());
    Boxes anchors = Boxes.ofInclusiveCorners(golden.input("anchors", predicted.shape()).tensor());
    BoxCoder coder =
        BoxCoder.of(golden.params("delta_means", SIDES), golden.params("delta_stds", SIDES));
    Boxes boxes = coder.decode(anchors, predicted.tensor());
    Boxes truth = coder.decode(anchors, target.tensor());
    Tensor iou = boxes.alignedIou(truth);
    Loss loss = localization(golden).decoding(coder, anchors);
    Batch batch = offsets(golden, predicted, target);
    return computed(golden, loss, batch, "value.loss", "pred_deltas")
        .with("value.iou", GoldenArray.of(iou, iou.shape()))
        .with("value.pred_boxes", GoldenArray.of(boxes.inclusiveCorners(), predicted.shape()))
        .with("value.target_boxes", GoldenArray.of(truth.inclusiveCorners(), predicted.shape()));
  }

  private static IouBalancedLocalizationLoss localization(GoldenCase golden) {
    var smooth = new SmoothL1Loss(golden.param("beta"));
    return IouBalancedLocalizationLoss.of(golden.param("lambda"), smooth)
        .withWeight(golden.param("w_loc"));
  }

  /** The author's weights have an entry an offset; a row's four are one number. */
  private static Batch offsets(GoldenCase golden, GoldenArray predicted, GoldenArray target) {
    double[] weights = golden.input("weight", predicted.shape()).data();
    float[] rows = new float[predicted.rows()];
    for (int i = 0; i < rows.length; i++) {
      double first = weights[SIDES * i];
      rows[i] = (float) first;
      if (!Arrays.stream(weights, SIDES * i, SIDES * (i + 1)).allMatch(w -> w == first)) {
        throw new UnsupportedOperationException("a weight of its own for each offset of a box");
      }
    }
    return Batch.of(predicted.tensor(), target.tensor()).weighted(Tensor.of(rows, rows.length));
  }

  private static Computed computed(
      GoldenCase golden, Loss loss, Batch batch, String value, String input) {
    Evaluation e = loss.evaluate(batch, Reduction.dividedBy(golden.param("avg_factor")));
    return Computed.inFloat()
        .with(value, new GoldenArray(new int[] {1}, new double[] {e.value()}))
        .with("gradient." + input, GoldenArray.of(e.gradient(), golden.input(input).shape()));
  }
}
