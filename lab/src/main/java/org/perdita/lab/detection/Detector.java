package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.detection.BoxCoder;
import org.perdita.detection.IouBalancedLocalizationLoss;
import org.perdita.lab.coco.Found;
import org.perdita.lab.net.RetinaNet;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;

/** A network with its anchors: one training step, and what it finds. */
final class Detector {
  private static final int SIDES = 4;

  private final RetinaNet net;
  private final Anchors anchors;
  private final Matcher matcher;
  private final BoxCoder coder = BoxCoder.retinaNet();
  private final Postprocessing after;
  private IouBalancedLocalizationLoss balance = IouBalancedLocalizationLoss.of(0, retinaNet());
  private boolean calibrated;

  Detector(RetinaNet net, Anchors anchors, Matcher matcher, Postprocessing after) {
    this.net = net;
    this.anchors = anchors;
    this.matcher = matcher;
    this.after = after;
  }

  private static org.perdita.detection.SmoothL1Loss retinaNet() {
    return org.perdita.detection.SmoothL1Loss.retinaNet();
  }

  /**
   * Evaluates the objective on some scenes and sends its gradient back.
   *
   * @return the value
   */
  double backward(List<Scene> scenes, Objective objective) {
    Assignment assignment =
        Assignment.of(
            matcher, anchors, net.classes(), scenes.stream().map(Scene::objects).toList());
    int positives = assignment.positives().length;
    RetinaNet.Heads heads = net.heads(input(scenes));
    Tensor scores = heads.scores().view(-1, net.classes());
    Reduction reduction = Reduction.perPositive(positives);
    BackwardPass pass = new BackwardPass();
    org.perdita.Tensor iou = org.perdita.Tensor.zeros(assignment.labels().length);
    double value = 0;
    if (positives > 0) {
      Tensor offsets =
          heads
              .offsets()
              .view(-1, SIDES)
              .index_select(0, EngineTensors.of(assignment.positives(), positives));
      iou = assignment.overlaps(coder, EngineTensors.view(offsets));
      org.perdita.Tensor target = assignment.offsets(coder);
      Loss boxes = boxes(objective, assignment, iou, EngineTensors.view(offsets), target);
      value += pass.add(new EngineLoss(boxes, reduction), offsets, target, null);
    }
    org.perdita.Tensor weights = objective.scores().weights(assignment, EngineTensors.view(scores));
    EngineLoss loss = new EngineLoss(objective.scores().of(iou), reduction);
    value += pass.add(loss, scores, assignment.target(), weights);
    pass.run();
    return value;
  }

  private Loss boxes(
      Objective objective,
      Assignment assignment,
      org.perdita.Tensor iou,
      org.perdita.Tensor offsets,
      org.perdita.Tensor target) {
    IouBalancedLocalizationLoss wanted = objective.balance();
    if (wanted == null) {
      return objective.boxes();
    }
    org.perdita.Tensor own = assignment.ofPositives(iou);
    if (!calibrated) {
      balance = wanted.calibrated(Batch.of(offsets, target), own);
      calibrated = true;
    }
    return balance.at(own);
  }

  /** Scores and offsets {@code [n, anchors, classes + 4]} of some scenes, copied out. */
  org.perdita.Tensor predict(List<Scene> scenes) {
    return EngineTensors.view(net.predict(input(scenes)));
  }

  /** The scores in what {@link #predict} gives: {@code [n · anchors, classes]}. */
  org.perdita.Tensor scores(org.perdita.Tensor out) {
    int classes = net.classes();
    int rows = out.size() / (classes + SIDES);
    float[] scores = new float[rows * classes];
    for (int i = 0; i < rows; i++) {
      out.buffer().get(i * (classes + SIDES), scores, i * classes, classes);
    }
    return org.perdita.Tensor.of(scores, rows, classes);
  }

  /** What is found in some scenes, in the pixels of the originals; category is class + 1. */
  List<Found> find(List<Scene> scenes, org.perdita.Tensor out) {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < scenes.size(); i++) {
      found.addAll(after.find(out, i, anchors, coder, scenes.get(i)));
    }
    return found;
  }

  Assignment assign(List<Scene> scenes) {
    return Assignment.of(
        matcher, anchors, net.classes(), scenes.stream().map(Scene::objects).toList());
  }

  private static Tensor input(List<Scene> scenes) {
    int side = scenes.get(0).side();
    int each = 3 * side * side;
    float[] x = new float[scenes.size() * each];
    for (int i = 0; i < scenes.size(); i++) {
      byte[] pixels = scenes.get(i).pixels();
      for (int p = 0; p < each; p++) {
        x[i * each + p] = ((pixels[p] & 0xff) - 118f) / 58f;
      }
    }
    // Channels last: a fifth less time a step than planes, on networks of few channels.
    return EngineTensors.of(x, scenes.size(), 3, side, side)
        .contiguous(torch.MemoryFormat.ChannelsLast);
  }
}
