package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atMost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;

/**
 * How far the float kernels are from the formulas in double: relative error, wherever the exact
 * number is in float's normal range.
 */
final class Accuracy {
  private static final double ALPHA = 0.25;
  private static final double FOCAL_GOAL = 2e-6;
  private static final double SUM_GOAL = 1e-8;

  /** Five digits, where a subtraction from 1 leaves none. */
  private static final double DIGITS_GOAL = 1e-5;

  private Accuracy() {}

  /** The largest relative errors of value and gradient. */
  private static final class Worst {
    private double value;
    private double gradient;

    void add(Exact.Slope exact, double value, double gradient) {
      this.value = Math.max(this.value, relative(exact.value(), value));
      this.gradient = Math.max(this.gradient, relative(exact.gradient(), gradient));
    }

    private static double relative(double exact, double found) {
      if (Math.abs(exact) < Float.MIN_NORMAL) {
        return 0;
      }
      double error = Math.abs(found - exact) / Math.abs(exact);
      return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    List<Figure> figures(String subject, double goal) {
      return List.of(
          atMost(goal, subject, "value, relative error", value),
          atMost(goal, subject, "gradient, relative error", gradient));
    }
  }

  /** Focal value and gradient over logits from −1e4 to 1e4, close together where it matters. */
  static List<Figure> focal() {
    float[] x = spread();
    List<Figure> figures = new ArrayList<>();
    for (double gamma : new double[] {0, 0.5, 1, 1.7, 2, 5}) {
      Loss loss = FocalLoss.retinaNet().withGamma(gamma);
      Worst worst = new Worst();
      for (int y = 0; y <= 1; y++) {
        boolean positive = y == 1;
        float[] targets = new float[x.length];
        Arrays.fill(targets, y);
        Batch batch = Batch.of(Tensor.of(x, x.length), Tensor.of(targets, x.length));
        Tensor values = loss.values(batch);
        Tensor gradient = loss.evaluate(batch, Reduction.sum()).gradient();
        for (int i = 0; i < x.length; i++) {
          worst.add(Exact.focal(ALPHA, gamma, x[i], positive), values.get(i), gradient.get(i));
        }
      }
      figures.addAll(
          worst.figures("focal, gamma " + gamma + ", logits in [−1e4, 1e4]", FOCAL_GOAL));
    }
    return figures;
  }

  /** Every power of ten from 1e-6 to 1e4 in a thousand steps, both signs, and 0. */
  private static float[] spread() {
    int steps = 10_000;
    float[] x = new float[2 * steps + 1];
    for (int i = 0; i < steps; i++) {
      float size = (float) Math.pow(10, -6 + 10.0 * (i + 1) / steps);
      x[2 * i] = size;
      x[2 * i + 1] = -size;
    }
    return x;
  }

  /** The reduced value of a long batch against the sum of exact values. */
  static Figure sum(int elements) {
    Batch batch = new Inputs(elements, 1).heap();
    Tensor targets = (Tensor) batch.target();
    double exact = 0;
    double lost = 0;
    for (int i = 0; i < elements; i++) {
      double next =
          Exact.focal(ALPHA, 2, batch.prediction().get(i), targets.get(i) == 1).value() - lost;
      double sum = exact + next;
      lost = (sum - exact) - next;
      exact = sum;
    }
    double found = FocalLoss.retinaNet().value(batch, Reduction.sum());
    return atMost(
        SUM_GOAL,
        "focal, gamma 2, sum of " + String.format(Locale.ROOT, "%,d", elements),
        "relative error",
        Math.abs(found - exact) / exact);
  }

  /** Cross-entropy and bi-tempered loss as the label's probability tends to 1. */
  static List<Figure> certainty() {
    List<Figure> figures = new ArrayList<>();
    for (int classes : new int[] {10, 1000}) {
      String end = ", " + classes + " classes, p → 1";
      figures.addAll(
          certain(new CrossEntropyLoss(), Exact::crossEntropy, classes, 80)
              .figures("cross-entropy" + end, DIGITS_GOAL));
      figures.addAll(
          certain(
                  BiTemperedLoss.of(0.8, 1.2),
                  (x, label) -> Exact.biTempered(0.8, 1.2, x, label),
                  classes,
                  1e4)
              .figures("bi-tempered (0.8, 1.2)" + end, DIGITS_GOAL));
    }
    return figures;
  }

  private interface ExactRow {
    Exact.Slope at(float[] x, int label);
  }

  /** The label leads normal logits by 5 up to {@code furthest}, in a hundred steps. */
  private static Worst certain(Loss loss, ExactRow exact, int classes, double furthest) {
    int rows = 100;
    SplittableRandom random = new SplittableRandom(11);
    float[] x = new float[rows * classes];
    int[] labels = random.ints(rows, 0, classes).toArray();
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (2 * random.nextDouble() - 1);
    }
    for (int row = 0; row < rows; row++) {
      x[row * classes + labels[row]] = (float) (5 * Math.pow(furthest / 5, row / (rows - 1.0)));
    }
    Batch batch = Batch.of(Tensor.of(x, rows, classes), Labels.of(labels));
    Tensor values = loss.values(batch);
    Tensor gradient = loss.evaluate(batch, Reduction.sum()).gradient();
    Worst worst = new Worst();
    for (int row = 0; row < rows; row++) {
      float[] own = Arrays.copyOfRange(x, row * classes, (row + 1) * classes);
      worst.add(
          exact.at(own, labels[row]), values.get(row), gradient.get(row * classes + labels[row]));
    }
    return worst;
  }
}
