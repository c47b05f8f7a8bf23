package org.perdita.lab.report.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.detection.IouBalancedClassificationLoss;

/**
 * A loss over one number, computed by the kernel that users run.
 *
 * @param name what tells it from the page's other curves, as in {@code γ = 2}
 * @param loss the loss, as its record prints itself
 * @param x the logits, or what else is varied
 * @param value the loss at each
 * @param gradient d value / d logit at each
 */
public record LossCurve(
    String name, String loss, List<Double> x, List<Double> value, List<Double> gradient) {

  static final int POINTS = 97;
  private static final double REACH = 8;

  public LossCurve {
    x = List.copyOf(x);
    value = List.copyOf(value);
    gradient = List.copyOf(gradient);
  }

  /** An element-wise loss over the logit of an element whose target is 1. */
  static LossCurve ofPositive(String name, Loss loss) {
    float[] target = new float[POINTS];
    Arrays.fill(target, 1);
    return of(name, loss, Batch.of(Tensor.of(logits(), POINTS), Tensor.of(target, POINTS)), 1);
  }

  /** A loss over classes, over the logit of the true class; the other classes' logits are 0. */
  static LossCurve ofTrueClass(String name, Loss loss, int classes) {
    float[] rows = new float[POINTS * classes];
    float[] logits = logits();
    for (int i = 0; i < POINTS; i++) {
      rows[i * classes] = logits[i];
    }
    Tensor prediction = Tensor.of(rows, POINTS, classes);
    return of(name, loss, Batch.of(prediction, Labels.of(new int[POINTS])), classes);
  }

  /** A loss over the difference from a target of 0. */
  static LossCurve ofError(String name, Loss loss, double reach) {
    Tensor errors = Tensor.of(grid(reach), POINTS);
    return of(name, loss, Batch.of(errors, Tensor.zeros(POINTS)), 1);
  }

  /** A loss over the first of four offsets from a target of 0; the others are right. */
  static LossCurve ofOffset(String name, Loss loss) {
    float[] rows = new float[POINTS * 4];
    float[] errors = grid(0.8);
    for (int i = 0; i < POINTS; i++) {
      rows[i * 4] = errors[i];
    }
    Batch batch = Batch.of(Tensor.of(rows, POINTS, 4), Tensor.zeros(POINTS, 4));
    return of(name, loss, batch, 4);
  }

  /** A loss over how far a box stands beside its target, up to where they no longer touch. */
  static LossCurve ofMovedBox(String name, Loss loss) {
    float[] moves = grid(64);
    float[] boxes = new float[POINTS * 4];
    float[] targets = new float[POINTS * 4];
    for (int i = 0; i < POINTS; i++) {
      System.arraycopy(new float[] {moves[i], 0, moves[i] + 40, 40}, 0, boxes, i * 4, 4);
      System.arraycopy(new float[] {0, 0, 40, 25}, 0, targets, i * 4, 4);
    }
    Batch batch = Batch.of(Tensor.of(boxes, POINTS, 4), Tensor.of(targets, POINTS, 4));
    Tensor values = loss.values(batch);
    Tensor gradient = loss.evaluate(batch, Reduction.sum()).gradient();
    List<Double> slopes =
        IntStream.range(0, POINTS)
            .mapToObj(i -> (double) gradient.get(i * 4) + gradient.get(i * 4 + 2))
            .toList();
    return new LossCurve(
        name, loss.toString(), every(Tensor.of(moves, POINTS), 1), every(values, 1), slopes);
  }

  /**
   * A loss over feature maps of one sample, over how far their first entry is from where it stands.
   *
   * @param features of one sample, {@code [1, c, h, w]}
   * @param target of one sample
   */
  static LossCurve ofMap(String name, Loss loss, double reach, Tensor features, Tensor target) {
    float[] moves = grid(reach);
    float[] all = new float[POINTS * features.size()];
    float[] targets = new float[POINTS * target.size()];
    for (int i = 0; i < POINTS; i++) {
      System.arraycopy(features.toArray(), 0, all, i * features.size(), features.size());
      System.arraycopy(target.toArray(), 0, targets, i * target.size(), target.size());
      all[i * features.size()] += moves[i];
    }
    int[] shape = features.shape();
    int[] ofTarget = target.shape();
    shape[0] = POINTS;
    ofTarget[0] = POINTS;
    Batch batch = Batch.of(Tensor.of(all, shape), Tensor.of(targets, ofTarget));
    return of(name, loss, batch, features.size());
  }

  /** Positives of several overlaps in one batch, each over its logit. */
  static List<LossCurve> ofOverlaps(IouBalancedClassificationLoss balanced, float... overlaps) {
    int n = POINTS * overlaps.length;
    float[] x = new float[n];
    float[] iou = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = logits()[i % POINTS];
      iou[i] = overlaps[i / POINTS];
    }
    Batch batch = Batch.of(Tensor.of(x, n, 1), Labels.of(new int[n]));
    Loss loss = balanced.at(Tensor.of(iou, n));
    float[] values = loss.values(batch).toArray();
    float[] gradient = loss.evaluate(batch, Reduction.sum()).gradient().toArray();
    return IntStream.range(0, overlaps.length)
        .mapToObj(
            k ->
                new LossCurve(
                    "IoU " + overlaps[k],
                    loss.toString(),
                    every(Tensor.of(logits(), POINTS), 1),
                    part(values, k),
                    part(gradient, k)))
        .toList();
  }

  private static List<Double> part(float[] all, int k) {
    return IntStream.range(k * POINTS, (k + 1) * POINTS).mapToObj(i -> (double) all[i]).toList();
  }

  /**
   * A loss whose units have many logits, over one of them.
   *
   * @param entry which of the prediction's entries moves
   * @param batch all others, and the target
   */
  static LossCurve ofEntry(String name, Loss loss, int entry, Batch batch) {
    float[] others = batch.prediction().toArray();
    List<Double> x = new ArrayList<>();
    List<Double> value = new ArrayList<>();
    List<Double> gradient = new ArrayList<>();
    for (float logit : logits()) {
      others[entry] = logit;
      Tensor prediction = Tensor.of(others, batch.prediction().shape());
      Evaluation e =
          loss.evaluate(new Batch(prediction, batch.target(), batch.weights()), Reduction.sum());
      x.add((double) logit);
      value.add(e.value());
      gradient.add((double) e.gradient().get(entry));
    }
    return new LossCurve(name, loss.toString(), x, value, gradient);
  }

  private static LossCurve of(String name, Loss loss, Batch batch, int stride) {
    Tensor values = loss.values(batch);
    Tensor gradient = loss.evaluate(batch, Reduction.sum()).gradient();
    Tensor prediction = batch.prediction();
    return new LossCurve(
        name,
        loss.toString(),
        every(prediction, stride),
        every(values, 1),
        every(gradient, stride));
  }

  private static List<Double> every(Tensor tensor, int stride) {
    return IntStream.range(0, POINTS).mapToObj(i -> (double) tensor.get(i * stride)).toList();
  }

  private static float[] logits() {
    return grid(REACH);
  }

  private static float[] grid(double reach) {
    float[] x = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = (float) (reach * (2.0 * i / (POINTS - 1) - 1));
    }
    return x;
  }
}
