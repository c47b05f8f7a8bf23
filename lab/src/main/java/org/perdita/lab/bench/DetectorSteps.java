package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.told;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
import org.perdita.lab.net.Backbone;
import org.perdita.lab.net.RetinaNet;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Optimizer;

/** Whole training steps of the detector of {@code dense-detection} at quick scale. */
final class DetectorSteps {
  private static final int IMAGES = 4;
  private static final int SIDE = 64;
  private static final int CLASSES = 4;
  private static final int OBJECTS = 5;
  private static final int SIDES = 4;

  private final Race race;
  private final Anchors anchors = Anchors.over(SIDE, SIDE, Backbone.TINY.strides(), 2);
  private final Matcher matcher = new Matcher(0.5, 0.4, false);
  private final List<Objects> images = new ArrayList<>();
  private final float[] pixels = new float[IMAGES * 3 * SIDE * SIDE];

  DetectorSteps(Size size) {
    race = new Race(size);
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (2 * random.nextDouble() - 1);
    }
    for (int image = 0; image < IMAGES; image++) {
      float[] boxes = new float[SIDES * OBJECTS];
      for (int i = 0; i < boxes.length; i += SIDES) {
        boxes[i] = random.nextInt(SIDE - 24);
        boxes[i + 1] = random.nextInt(SIDE - 24);
        boxes[i + 2] = boxes[i] + 9 + random.nextInt(15);
        boxes[i + 3] = boxes[i + 1] + 9 + random.nextInt(15);
      }
      images.add(
          new Objects(
              Boxes.ofCorners(org.perdita.Tensor.of(boxes, OBJECTS, SIDES)),
              Labels.of(random.ints(OBJECTS, 0, CLASSES).toArray()),
              Collections.nCopies(OBJECTS, false)));
    }
  }

  /** Images a second with Perdita's losses and with libtorch's composed. */
  List<Figure> figures() {
    return Engine.scoped(
        () -> {
          ComposedDetection composed = new ComposedDetection(anchors, CLASSES, images);
          try (Trainee own = new Trainee(this::perdita);
              Trainee other = new Trainee(heads -> libtorch(composed, heads))) {
            List<Timing> times = race.run(List.of(own::step, other::step));
            String subject = "detector of dense-detection, " + SIDE + " × " + SIDE + " pixels";
            double ours = times.get(0).cpuNanos();
            double theirs = times.get(1).cpuNanos();
            return List.of(
                told(subject, "images a second", IMAGES / ours * 1e9),
                told(
                    subject,
                    "images a second with losses from libtorch's operators",
                    IMAGES / theirs * 1e9));
          }
        });
  }

  /** A network of its own, so that both learn the same. */
  private final class Trainee implements AutoCloseable {
    private final RetinaNet net =
        new RetinaNet(1, Backbone.TINY, CLASSES, Anchors.A_POSITION, 0.01);
    private final Optimizer optimizer = Optimizer.adam(net, 1e-4, 0.9, 0.99);
    private final ToDoubleFunction<RetinaNet.Heads> backward;

    Trainee(ToDoubleFunction<RetinaNet.Heads> backward) {
      this.backward = backward;
    }

    double step() {
      return optimizer.step(
          () -> {
            Tensor x =
                EngineTensors.of(pixels, IMAGES, 3, SIDE, SIDE)
                    .contiguous(torch.MemoryFormat.ChannelsLast);
            return backward.applyAsDouble(net.heads(x));
          });
    }

    @Override
    public void close() {
      optimizer.close();
      net.close();
    }
  }

  private double perdita(RetinaNet.Heads heads) {
    Assignment a = Assignment.of(matcher, anchors, CLASSES, images);
    int[] positives = a.positives();
    Reduction reduction = Reduction.perPositive(positives.length);
    Tensor offsets =
        heads
            .offsets()
            .view(-1, SIDES)
            .index_select(0, EngineTensors.of(positives, positives.length));
    BackwardPass pass = new BackwardPass();
    EngineLoss boxes = new EngineLoss(new SmoothL1Loss(DetectionStep.BETA), reduction);
    EngineLoss scores = new EngineLoss(FocalLoss.retinaNet(), reduction);
    double value =
        pass.add(boxes, offsets, a.offsets(BoxCoder.retinaNet()), null)
            + pass.add(scores, heads.scores().view(-1, CLASSES), a.target(), a.weights());
    pass.run();
    return value;
  }

  private static double libtorch(ComposedDetection composed, RetinaNet.Heads heads) {
    Tensor loss = composed.loss(heads.scores().view(-1, CLASSES), heads.offsets().view(-1, SIDES));
    loss.backward();
    return loss.item_double();
  }
}
