package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atMost;
import static org.perdita.lab.bench.Figure.told;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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
  static final double BETA = 0.11;
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
          DoubleSupplier composed = composed();
          org.perdita.Tensor gradient = org.perdita.Tensor.zeros(scores.shape());
          List<Timing> times = race.run(List.of(() -> own(gradient), composed));
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
                  100 * own / times.get(1).cpuNanos()),
              atMost(
                  105,
                  subject,
                  "% of the gradients' memory that the losses take, gradients included",
                  memory(gradient)));
        });
  }

  /** All that is allocated while the losses run, though not all of it is held at once. */
  private double memory(org.perdita.Tensor gradient) {
    Assignment a = assigned();
    double gradients = 4.0 * (gradient.size() + 4 * a.positives().length);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      least = Math.min(least, Scaling.allocated(() -> losses(a, gradient)));
    }
    // The offsets' gradient is allocated by the call, the scores' is the caller's.
    return 100 * (4.0 * gradient.size() + least) / gradients;
  }

  org.perdita.Tensor scores() {
    return scores;
  }

  /** Perdita's. */
  double own(org.perdita.Tensor gradient) {
    return losses(assigned(), gradient);
  }

  private Assignment assigned() {
    return Assignment.of(matcher, anchors, CLASSES, images);
  }

  private double losses(Assignment a, org.perdita.Tensor gradient) {
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

  /** libtorch's. */
  DoubleSupplier composed() {
    ComposedDetection composed = new ComposedDetection(anchors, CLASSES, images);
    Tensor logits = EngineTensors.of(scores).requires_grad_(true);
    Tensor deltas = EngineTensors.of(offsets).requires_grad_(true);
    return () ->
        Engine.scoped(
            () -> {
              Tensor loss = composed.loss(logits, deltas);
              torch.grad(new TensorVector(loss), new TensorVector(logits, deltas));
              return loss.item_double();
            });
  }
}
