package org.perdita.lab.report.loss;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * A loss over one logit, computed by the kernel that users run.
 *
 * @param name what tells it from the page's other curves, as in {@code γ = 2}
 * @param loss the loss, as its record prints itself
 * @param x the logits
 * @param value the loss at each
 * @param gradient d value / d logit at each
 */
public record LossCurve(
    String name, String loss, List<Double> x, List<Double> value, List<Double> gradient) {

  private static final int POINTS = 97;
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
    float[] x = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = (float) (-REACH + 2 * REACH * i / (POINTS - 1));
    }
    return x;
  }
}
