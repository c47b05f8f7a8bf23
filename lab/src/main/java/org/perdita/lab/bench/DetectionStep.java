package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atMost;
import static org.perdita.lab.bench.Figure.told;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.classification.FocalLoss;
import org.perdita.detection.BoxCoder;
import org.perdita.detection.Boxes;
import org.perdita.detection.SmoothL1Loss;
import org.perdita.lab.detection.Anchors;
import org.perdita.lab.detection.Assignment;
import org.perdita.lab.detection.Assignment.Objects;
import org.perdita.lab.detection.Matcher;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/**
 * The loss side of a detector's step: matching, the focal loss of all scores and smooth L1 of the
 * positives' offsets, with both gradients, beside the same composed from libtorch's operators the
 * way torchvision composes it. Two images of 640 × 896 pixels at full size.
 */
final class DetectionStep {
  private static final int IMAGES = 2;
  private static final int CLASSES = 80;
  private static final int OBJECTS = 10;
  private static final double BETA = 0.11;
  private static final int[] STRIDES = {8, 16, 32, 64, 128};

  private final Race race;
  private final Anchors anchors;
  private final Matcher matcher = new Matcher(0.5, 0.4, false);
  private final List<Objects> images = new ArrayList<>();
  private final org.perdita.Tensor scores;
  private final org.perdita.Tensor offsets;

  DetectionStep(Size size) {
    race = new Race(size);
    boolean full = size == Size.FULL;
    anchors = Anchors.over(full ? 640 : 128, full ? 896 : 256, STRIDES, 4);
    SplittableRandom random = new SplittableRandom(9);
    for (int image = 0; image < IMAGES; image++) {
      float[] boxes = new float[4 * OBJECTS];
      for (int i = 0; i < boxes.length; i += 4) {
        boxes[i] = random.nextInt(full ? 600 : 80);
        boxes[i + 1] = random.nextInt(full ? 400 : 40);
        boxes[i + 2] = boxes[i] + 24 + random.nextInt(full ? 250 : 60);
        boxes[i + 3] = boxes[i + 1] + 24 + random.nextInt(full ? 200 : 60);
      }
      images.add(
          new Objects(
              Boxes.ofCorners(org.perdita.Tensor.of(boxes, OBJECTS, 4)),
              Labels.of(random.ints(OBJECTS, 0, CLASSES).toArray()),
              java.util.Collections.nCopies(OBJECTS, false)));
    }
    int rows = IMAGES * anchors.count();
    scores = drawn(random, -4.6, rows, CLASSES);
    offsets = drawn(random, 0, rows, 4);
  }

  private static org.perdita.Tensor drawn(SplittableRandom random, double mean, int... shape) {
    float[] x = new float[Math.multiplyExact(shape[0], shape[1])];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (mean + 2 * random.nextDouble() - 1);
    }
    return org.perdita.Tensor.of(x, shape);
  }

  /** Its time, and what part that is of the composed one's. */
  List<Figure> figures() {
    return Engine.scoped(
        () -> {
          Composed composed = new Composed();
          org.perdita.Tensor gradient = org.perdita.Tensor.zeros(scores.shape());
          List<Timing> times = race.run(List.of(() -> own(gradient), composed::step));
          double own = times.get(0).cpuNanos();
          String subject =
              String.format(
                  Locale.ROOT,
                  "detection step, %d × %,d anchors × %d classes",
                  IMAGES,
                  anchors.count(),
                  CLASSES);
          return List.of(
              told(subject, "ms for matching and losses", own / 1e6),
              atMost(
                  20,
                  subject,
                  "% of the same from libtorch's operators",
                  100 * own / times.get(1).cpuNanos()));
        });
  }

  org.perdita.Tensor scores() {
    return scores;
  }

  /** Perdita's. */
  double own(org.perdita.Tensor gradient) {
    Assignment a = Assignment.of(matcher, anchors, CLASSES, images);
    int n = a.positives().length;
    Reduction reduction = Reduction.perPositive(n);
    Batch all = Batch.of(scores, a.target()).weighted(a.weights());
    double value = FocalLoss.retinaNet().evaluate(all, reduction, gradient);
    float[] some = new float[4 * n];
    for (int i = 0; i < n; i++) {
      offsets.buffer().get(4 * a.positives()[i], some, 4 * i, 4);
    }
    Batch boxes = Batch.of(org.perdita.Tensor.of(some, n, 4), a.offsets(BoxCoder.retinaNet()));
    return value + new SmoothL1Loss(BETA).evaluate(boxes, reduction).value();
  }

  /** libtorch's, image after image. */
  final class Composed {
    private final Tensor corners;
    private final Tensor logits = EngineTensors.of(scores).requires_grad_(true);
    private final Tensor deltas = EngineTensors.of(offsets).requires_grad_(true);
    private final List<Tensor> boxes = new ArrayList<>();
    private final List<Tensor> labels = new ArrayList<>();

    Composed() {
      int[] all = java.util.stream.IntStream.range(0, anchors.count()).toArray();
      corners = EngineTensors.of(anchors.at(all).corners());
      for (Objects image : images) {
        boxes.add(EngineTensors.of(image.boxes().corners()));
        labels.add(EngineTensors.of(image.classes().buffer().array(), OBJECTS));
      }
    }

    double step() {
      return Engine.scoped(
          () -> {
            Tensor sum = torch.zeros(1);
            double positives = 0;
            for (int image = 0; image < IMAGES; image++) {
              long from = (long) image * anchors.count();
              Tensor iou = iou(boxes.get(image));
              T_TensorTensor_T best = torch.max(iou, 1);
              Tensor fore = best.get0().ge(new Scalar(0.5));
              Tensor valid = fore.logical_or(best.get0().lt(new Scalar(0.4)));
              Tensor which = torch.nonzero(fore).squeeze(1);
              Tensor object = best.get1().index_select(0, which);
              positives += which.numel();
              Tensor target = torch.zeros(new long[] {anchors.count(), CLASSES});
              Tensor kinds = labels.get(image).index_select(0, object);
              Tensor hot = torch.one_hot(kinds, CLASSES).to(ScalarType.Float);
              target.index_copy_(0, which, hot);
              Tensor keep = torch.nonzero(valid).squeeze(1);
              Tensor x = logits.narrow(0, from, anchors.count()).index_select(0, keep);
              sum = sum.add(focal(x, target.index_select(0, keep)));
              Tensor own = deltas.narrow(0, from, anchors.count()).index_select(0, which);
              Tensor wanted = encoded(which, boxes.get(image).index_select(0, object));
              sum = sum.add(smooth(own.sub(wanted)));
            }
            Tensor loss = sum.div(new Scalar(Math.max(1, positives)));
            torch.grad(new TensorVector(loss), new TensorVector(logits, deltas));
            return loss.item_double();
          });
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
          torch.binary_cross_entropy_with_logits(
              x, y, new TensorOptional(), new TensorOptional(), 0);
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
      return torch.smooth_l1_loss(d, torch.zeros_like(d), torch.Reduction.Sum.value, BETA);
    }
  }
}
