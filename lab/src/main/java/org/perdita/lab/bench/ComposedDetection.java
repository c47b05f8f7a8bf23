package org.perdita.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.perdita.lab.detection.Anchors;
import org.perdita.lab.detection.Assignment.Objects;
import org.perdita.pytorch.EngineTensors;

/**
 * A detector's matching and losses composed from libtorch's operators, image after image, the way
 * torchvision composes them: focal loss with α = 0.25 and γ = 2, smooth L1 of the offsets.
 */
final class ComposedDetection {
  private final int classes;
  private final int count;
  private final Tensor corners;
  private final List<Tensor> boxes = new ArrayList<>();
  private final List<Tensor> labels = new ArrayList<>();

  ComposedDetection(Anchors anchors, int classes, List<Objects> images) {
    this.classes = classes;
    count = anchors.count();
    corners = EngineTensors.of(anchors.at(IntStream.range(0, count).toArray()).corners());
    for (Objects image : images) {
      boxes.add(EngineTensors.of(image.boxes().corners()));
      labels.add(
          EngineTensors.of(image.classes().buffer().array(), image.classes().buffer().limit()));
    }
  }

  /**
   * The loss, with its graph.
   *
   * @param logits {@code [images · anchors, classes]}
   * @param deltas {@code [images · anchors, 4]}
   */
  Tensor loss(Tensor logits, Tensor deltas) {
    Tensor sum = torch.zeros(1);
    double positives = 0;
    for (int image = 0; image < boxes.size(); image++) {
      long from = (long) image * count;
      Tensor iou = iou(boxes.get(image));
      T_TensorTensor_T best = torch.max(iou, 1);
      Tensor fore = best.get0().ge(new Scalar(0.5));
      Tensor valid = fore.logical_or(best.get0().lt(new Scalar(0.4)));
      Tensor which = torch.nonzero(fore).squeeze(1);
      Tensor object = best.get1().index_select(0, which);
      positives += which.numel();
      Tensor target = torch.zeros(new long[] {count, classes});
      Tensor kinds = labels.get(image).index_select(0, object);
      Tensor hot = torch.one_hot(kinds, classes).to(ScalarType.Float);
      target.index_copy_(0, which, hot);
      Tensor keep = torch.nonzero(valid).squeeze(1);
      Tensor x = logits.narrow(0, from, count).index_select(0, keep);
      sum = sum.add(focal(x, target.index_select(0, keep)));
      Tensor own = deltas.narrow(0, from, count).index_select(0, which);
      Tensor wanted = encoded(which, boxes.get(image).index_select(0, object));
      sum = sum.add(smooth(own.sub(wanted)));
    }
    return sum.div(new Scalar(Math.max(1, positives)));
  }

  private Tensor iou(Tensor b) {
    Tensor a = corners.unsqueeze(1);
    Tensor o = b.unsqueeze(0);
    Tensor low = torch.max(a.narrow(2, 0, 2), o.narrow(2, 0, 2));
    Tensor high = torch.min(a.narrow(2, 2, 2), o.narrow(2, 2, 2));
    Tensor shared = area(high.sub(low).clamp_min(new Scalar(0.0)));
    Tensor own = area(a.narrow(2, 2, 2).sub(a.narrow(2, 0, 2)));
    Tensor other = area(o.narrow(2, 2, 2).sub(o.narrow(2, 0, 2)));
    return shared.div(own.add(other).sub(shared));
  }

  private Tensor area(Tensor size) {
    return size.select(2, 0).mul(size.select(2, 1));
  }

  private Tensor focal(Tensor x, Tensor y) {
    Tensor p = x.sigmoid();
    Tensor entropy =
        torch.binary_cross_entropy_with_logits(x, y, new TensorOptional(), new TensorOptional(), 0);
    Tensor not = torch.rsub(y, new Scalar(1.0));
    Tensor pTrue = p.mul(y).add(torch.rsub(p, new Scalar(1.0)).mul(not));
    Tensor alpha = y.mul(new Scalar(0.25)).add(not.mul(new Scalar(0.75)));
    Tensor easy = torch.rsub(pTrue, new Scalar(1.0)).pow(new Scalar(2.0));
    return alpha.mul(entropy.mul(easy)).sum();
  }

  private Tensor encoded(Tensor which, Tensor b) {
    Tensor a = corners.index_select(0, which);
    Tensor from = a.narrow(1, 2, 2).sub(a.narrow(1, 0, 2));
    Tensor size = b.narrow(1, 2, 2).sub(b.narrow(1, 0, 2));
    Tensor shift =
        b.narrow(1, 0, 2).add(b.narrow(1, 2, 2)).sub(a.narrow(1, 0, 2).add(a.narrow(1, 2, 2)));
    Tensor center = shift.div(new Scalar(2.0)).div(from);
    return torch.cat(new TensorVector(center, size.div(from).log()), 1);
  }

  private Tensor smooth(Tensor d) {
    return torch.smooth_l1_loss(
        d, torch.zeros_like(d), torch.Reduction.Sum.value, DetectionStep.BETA);
  }
}
