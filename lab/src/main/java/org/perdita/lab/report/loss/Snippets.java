package org.perdita.lab.report.loss;

import java.util.List;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.GradientPenalty;
import org.perdita.adversarial.PairEvaluation;
import org.perdita.adversarial.ReconstructionError;
import org.perdita.adversarial.RelativisticGanLoss;
import org.perdita.classification.Alpha;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.FocalStarLoss;
import org.perdita.classification.GeneralizedCrossEntropyLoss;
import org.perdita.classification.SoftmaxFocalLoss;
import org.perdita.detection.Boxes;
import org.perdita.detection.IouBalancedClassificationLoss;
import org.perdita.detection.IouBalancedLocalizationLoss;
import org.perdita.detection.IouLoss;
import org.perdita.detection.SmoothL1Loss;
import org.perdita.matting.AlphaGradientLoss;
import org.perdita.matting.GradientConsistencyLoss;
import org.perdita.matting.LaplacianPyramidLoss;
import org.perdita.perceptual.ChannelDistanceLoss;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.PixelLoss;
import org.perdita.perceptual.Ssim;
import org.perdita.perceptual.Ssim.Window;
import org.perdita.perceptual.SsimLoss;
import org.perdita.perceptual.StyleLoss;
import org.perdita.segmentation.BoundaryLoss;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.GeneralizedDiceLoss;
import org.perdita.segmentation.HausdorffLoss;
import org.perdita.segmentation.SignedDistanceMap;
import org.perdita.segmentation.TverskyLoss;

/** The code on the loss pages. Each page shows its region's lines and what they evaluated to. */
final class Snippets {
  private Snippets() {}

  static Evaluation crossEntropy() {
    // @start region=CrossEntropyLoss
    var logits = Tensor.of(new float[] {2, -1, 0, 0.5f, 1.5f, -3}, 2, 3);
    var labels = Labels.of(new int[] {0, 2});
    var loss = new CrossEntropyLoss();
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation binaryCrossEntropy() {
    // @start region=BinaryCrossEntropyLoss
    var logits = Tensor.of(new float[] {2, -1, 0, 0.5f}, 4);
    var targets = Tensor.of(new float[] {1, 0, 0.25f, 7}, 4);
    var weights = Tensor.of(new float[] {1, 1, 1, 0}, 4); // the last one is ignored
    var loss = new BinaryCrossEntropyLoss();
    Evaluation e = loss.evaluate(Batch.of(logits, targets).weighted(weights), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation focal() {
    // @start region=FocalLoss
    var logits = Tensor.of(new float[] {-4, -3, 2, -5, 1, -4}, 3, 2); // three anchors, two classes
    var targets = Tensor.of(new float[] {0, 0, 1, 0, 0, 0}, 3, 2); // one positive
    var loss = FocalLoss.retinaNet(); // alpha 0.25, gamma 2
    Evaluation e = loss.evaluate(Batch.of(logits, targets), Reduction.perPositive(1));
    // @end
    return e;
  }

  static Evaluation softmaxFocal() {
    // @start region=SoftmaxFocalLoss
    var logits = Tensor.of(new float[] {2, -1, 0, 0.5f, 1.5f, -3}, 2, 3);
    var labels = Labels.of(new int[] {0, 2});
    var loss = new SoftmaxFocalLoss(2);
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation biTempered() {
    // @start region=BiTemperedLoss
    var logits = Tensor.of(new float[] {2, -1, 0, 0.5f, 1.5f, -3}, 2, 3);
    var labels = Labels.of(new int[] {0, 2}); // the second one looks wrong
    var loss = BiTemperedLoss.of(0.5, 4); // t1, t2
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation binaryBiTempered() {
    // @start region=BinaryBiTemperedLoss
    var logits = Tensor.of(new float[] {2, -1, 0, -6}, 4);
    var targets = Tensor.of(new float[] {1, 0, 1, 1}, 4); // the last one looks wrong
    var loss = BinaryBiTemperedLoss.of(0.2, 4); // t1, t2
    Evaluation e = loss.evaluate(Batch.of(logits, targets), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation generalizedCrossEntropy() {
    // @start region=GeneralizedCrossEntropyLoss
    var logits = Tensor.of(new float[] {2, -1, 0, 0.5f, 1.5f, -3}, 2, 3);
    var labels = Labels.of(new int[] {0, 2}); // the second one looks wrong
    var loss = new GeneralizedCrossEntropyLoss(0.7);
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation focalStar() {
    // @start region=FocalStarLoss
    var logits = Tensor.of(new float[] {-4, -3, 2, -5, 1, -4}, 3, 2); // three anchors, two classes
    var targets = Tensor.of(new float[] {0, 0, 1, 0, 0, 0}, 3, 2); // one positive
    var loss = new FocalStarLoss(Alpha.of(0.25), 2, 1); // gamma 2, beta 1
    Evaluation e = loss.evaluate(Batch.of(logits, targets), Reduction.perPositive(1));
    // @end
    return e;
  }

  static Evaluation smoothL1() {
    // @start region=SmoothL1Loss
    var offsets = Tensor.of(new float[] {0.05f, -0.5f, 0.2f, 0}, 1, 4); // one box
    var targets = Tensor.zeros(1, 4);
    var loss = SmoothL1Loss.retinaNet(); // beta 0.11
    Evaluation e = loss.evaluate(Batch.of(offsets, targets), Reduction.perPositive(1));
    // @end
    return e;
  }

  static Evaluation iou() {
    // @start region=IouLoss
    var boxes = Tensor.of(new float[] {0, 0, 4, 4}, 1, 4); // x1, y1, x2, y2
    var target = Boxes.ofCornerAndSize(Tensor.of(new float[] {1, 1, 4, 4}, 1, 4)).corners();
    var loss = IouLoss.generalized();
    Evaluation e = loss.evaluate(Batch.of(boxes, target), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation iouBalancedClassification() {
    // @start region=IouBalancedClassificationLoss
    var logits = Tensor.of(new float[] {-4, -3, 2, -5, 1, -4}, 3, 2); // three anchors, two classes
    var labels = Labels.of(new int[] {0, 2, 0}); // the second one is background
    var iou = Tensor.of(new float[] {0.5f, 0, 0.9f}, 3); // of the decoded boxes
    var balanced = IouBalancedClassificationLoss.sigmoid(1.5, FocalLoss.retinaNet());
    var loss = balanced.at(iou);
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.perPositive(2));
    // @end
    return e;
  }

  static Evaluation iouBalancedLocalization() {
    // @start region=IouBalancedLocalizationLoss
    var offsets = Tensor.of(new float[] {0.05f, -0.5f, 0.2f, 0, 0.1f, 0, 0, 0}, 2, 4);
    var iou = Tensor.of(new float[] {0.5f, 0.9f}, 2); // of the decoded boxes
    var balanced = IouBalancedLocalizationLoss.of(1.5, SmoothL1Loss.retinaNet());
    var loss = balanced.withWeight(3.049).at(iou);
    Evaluation e = loss.evaluate(Batch.of(offsets, Tensor.zeros(2, 4)), Reduction.perPositive(2));
    // @end
    return e;
  }

  static Evaluation dice() {
    // @start region=DiceLoss
    var logits =
        Tensor.of(new float[] {2, -1, 0, 3, -2, 1, 0, -3}, 1, 2, 4); // two classes, four voxels
    var labels = Labels.of(new int[] {0, 1, 1, 0}, 1, 4);
    var loss = DiceLoss.softmax().withClasses(ClassSelection.of(1));
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation tversky() {
    // @start region=TverskyLoss
    var logits =
        Tensor.of(new float[] {2, -1, 0, 3, -2, 1, 0, -3}, 1, 2, 4); // two classes, four voxels
    var labels = Labels.of(new int[] {0, 1, 1, 0}, 1, 4);
    var loss = TverskyLoss.softmax(0.3, 0.7); // a miss costs more than a false alarm
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation generalizedDice() {
    // @start region=GeneralizedDiceLoss
    var logits =
        Tensor.of(new float[] {2, -1, 0, 3, -2, 1, 0, -3}, 1, 2, 4); // two classes, four voxels
    var labels = Labels.of(new int[] {0, 1, 1, 0}, 1, 4);
    var loss = GeneralizedDiceLoss.softmax();
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation boundary() {
    // @start region=BoundaryLoss
    var logits =
        Tensor.of(new float[] {2, -1, 0, 3, -2, 1, 0, -3}, 1, 2, 4); // two classes, four voxels
    var labels = Labels.of(new int[] {0, 1, 1, 0}, 1, 4);
    var maps = SignedDistanceMap.published().of(labels, 2);
    var loss = BoundaryLoss.softmax(ClassSelection.of(1));
    Evaluation e = loss.evaluate(Batch.of(logits, maps), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation hausdorff() {
    // @start region=HausdorffLoss
    var logits =
        Tensor.of(new float[] {2, -1, 0, 3, -2, 1, 0, -3}, 1, 2, 4); // two classes, four voxels
    var labels = Labels.of(new int[] {0, 1, 1, 0}, 1, 4);
    var loss = HausdorffLoss.exact(ClassSelection.of(1));
    Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation gradientConsistency() {
    // @start region=GradientConsistencyLoss
    var logits = Tensor.of(new float[] {-2, 1, 2, -2, 0, 2, -1, 1, 3}, 1, 1, 3, 3);
    var image = Tensor.of(new float[] {0, 0.4f, 1, 0.1f, 0.5f, 0.9f, 0, 0.6f, 1}, 1, 1, 3, 3);
    var loss = GradientConsistencyLoss.ofLogits();
    Evaluation e = loss.evaluate(Batch.of(logits, image), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation alphaGradient() {
    // @start region=AlphaGradientLoss
    var logits = Tensor.of(new float[] {-2, 1, 2, -2, 0, 2, -1, 1, 3}, 1, 1, 3, 3);
    var alpha = Tensor.of(new float[] {0, 0.5f, 1, 0, 0.5f, 1, 0, 0.5f, 1}, 1, 1, 3, 3);
    var loss = AlphaGradientLoss.ofLogits();
    Evaluation e = loss.evaluate(Batch.of(logits, alpha), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation laplacianPyramid() {
    // @start region=LaplacianPyramidLoss
    var logits =
        Tensor.of(new float[] {-2, 1, 2, 2, -2, 0, 2, 3, -1, 1, 3, 1, -3, 0, 1, 2}, 1, 1, 4, 4);
    var alpha = Tensor.of(new float[] {0, 0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1}, 1, 1, 4, 4);
    var loss = LaplacianPyramidLoss.ofLogits(1); // one level
    Evaluation e = loss.evaluate(Batch.of(logits, alpha), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation pixel() {
    // @start region=PixelLoss
    var restored = Tensor.of(new float[] {0.2f, 0.5f, 0.9f, 0.4f}, 1, 1, 2, 2);
    var original = Tensor.of(new float[] {0.2f, 0.6f, 0.7f, 0.4f}, 1, 1, 2, 2);
    var loss = PixelLoss.charbonnier(1e-3);
    Evaluation e = loss.evaluate(Batch.of(restored, original), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation feature() {
    // @start region=FeatureLoss
    var features = Tensor.of(new float[] {1, 0, 2, 3, 0, 1, 1, 0}, 1, 2, 2, 2); // two channels
    var target = Tensor.of(new float[] {1, 1, 2, 2, 0, 1, 0, 0}, 1, 2, 2, 2);
    var loss = FeatureLoss.squaredError();
    Evaluation e = loss.evaluate(Batch.of(features, target), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation style() {
    // @start region=StyleLoss
    var features = Tensor.of(new float[] {1, 0, 2, 3, 0, 1, 1, 0}, 1, 2, 2, 2); // two channels
    var style = Tensor.of(new float[] {1, 1, 0, 2}, 1, 2, 2, 1); // of another size
    var loss = StyleLoss.johnson();
    Tensor target = loss.target(style); // Gram matrices, computed once
    Evaluation e = loss.evaluate(Batch.of(features, target), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation channelDistance() {
    // @start region=ChannelDistanceLoss
    var features = Tensor.of(new float[] {1, 0, 2, 3, 0, 1, 1, 0}, 1, 2, 2, 2); // two channels
    var target = Tensor.of(new float[] {1, 1, 2, 2, 0, 1, 0, 0}, 1, 2, 2, 2);
    var loss = new ChannelDistanceLoss(List.of(0.3, 1.2)); // a weight a channel
    Evaluation e = loss.evaluate(Batch.of(features, target), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation ssim() {
    // @start region=SsimLoss
    var restored = Tensor.of(new float[] {0, 0.1f, 0.9f, 0.2f, 0.5f, 1, 0, 0.6f, 0.8f}, 1, 1, 3, 3);
    var original = Tensor.of(new float[] {0, 0, 1, 0, 0.5f, 1, 0, 0.5f, 1}, 1, 1, 3, 3);
    var loss = new SsimLoss(Ssim.wang(1).with(Window.gaussian(3, 1.5))); // usually 11
    Evaluation e = loss.evaluate(Batch.of(restored, original), Reduction.mean());
    // @end
    return e;
  }

  static Evaluation gan() {
    // @start region=GanLoss
    var real = Tensor.of(new float[] {2, 0.5f}, 2); // raw scores of the critic
    var fake = Tensor.of(new float[] {-3, -1}, 2);
    var loss = GanLoss.nonSaturating();
    PairEvaluation critic = loss.critic(real, fake); // one value, two gradients
    Evaluation e = loss.generator(fake);
    // @end
    return critic.value() > 0 ? e : new Evaluation(Double.NaN, fake);
  }

  static Evaluation relativistic() {
    // @start region=RelativisticGanLoss
    var real = Tensor.of(new float[] {2, 0.5f}, 2);
    var fake = Tensor.of(new float[] {-3, -1}, 2);
    var loss = RelativisticGanLoss.average();
    PairEvaluation pair = loss.generator(real, fake);
    var e = new Evaluation(pair.value(), pair.fakeGradient());
    // @end
    return e;
  }

  static Evaluation penalty() {
    // @start region=GradientPenalty
    var slopes = Tensor.of(new float[] {0.6f, 0.8f, 2, 0}, 2, 2); // d critic / d x, two samples
    var loss = GradientPenalty.wganGp();
    Evaluation e = loss.evaluate(slopes); // the first sample pays nothing
    // @end
    return e;
  }

  static Evaluation began() {
    // @start region=BeganBalance
    var sample = Tensor.of(new float[] {0, 1, 1, 0}, 1, 4);
    var copy = Tensor.of(new float[] {0.1f, 0.8f, 1, 0.2f}, 1, 4);
    Evaluation e = ReconstructionError.evaluate(sample, copy);
    var balance = BeganBalance.start(0.5); // gamma
    double critic = balance.critic(e.value(), 0.3); // the generated samples' error is 0.3
    balance = balance.next(e.value(), 0.3);
    // @end
    return critic > 0 && balance.k() == 0 ? e : new Evaluation(Double.NaN, copy);
  }
}
