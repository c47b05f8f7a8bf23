package org.perdita.classification;

import java.util.Arrays;
import java.util.Random;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;

/** Σ y (1 − p)^γ (−log p) in double, as the papers write it, and how far a float kernel is off. */
final class SoftmaxReference {
  private SoftmaxReference() {}

  /** The loss of one unit; its gradient is written into {@code gradient}. */
  static double evaluate(double gamma, double[] x, double[] y, double[] gradient) {
    int c = x.length;
    double value = 0;
    for (int k = 0; k < c; k++) {
      double others = 0; // Σ over the other classes of e^(x_j − x_k) = (1 − p_k) / p_k
      for (int j = 0; j < c; j++) {
        others += j == k ? 0 : Math.exp(x[j] - x[k]);
      }
      double cost = Math.log1p(others);
      double p = 1 / (1 + others);
      double q = others / (1 + others);
      value += y[k] * Math.pow(q, gamma) * cost;
      // dp/dx_j = p ([j = k] − p_j), so d cost / dx_j = p_j − [j = k].
      double slope = Math.pow(q, gamma) + gamma * Math.pow(q, gamma - 1) * p * cost;
      for (int j = 0; j < c; j++) {
        gradient[j] += y[k] * slope * (j == k ? -q : p * Math.exp(x[j] - x[k]));
      }
    }
    return value;
  }

  /**
   * The largest relative error of a unit's value, and the largest error of a gradient's entry: for
   * labels over its unit's largest, for distributions absolute, as p − y may vanish. Units whose
   * loss a normal float cannot hold are left out.
   *
   * @param scale the standard deviation of the logits
   */
  static double[] errors(Loss loss, double gamma, int c, boolean labels, double scale) {
    Random random = new Random(c);
    int n = Math.max(2, 3000 / c);
    float[] x = new float[n * c];
    float[] y = new float[n * c];
    int[] label = new int[n];
    for (int i = 0; i < n; i++) {
      label[i] = random.nextInt(c);
      double sum = 0;
      double[] row = random.doubles(c).map(u -> u < 0.3 ? 0 : -Math.log(u)).toArray();
      row[label[i]] += 1;
      for (double p : row) {
        sum += p;
      }
      for (int k = 0; k < c; k++) {
        x[i * c + k] = (float) (scale * random.nextGaussian());
        y[i * c + k] = labels ? (k == label[i] ? 1 : 0) : (float) (row[k] / sum);
      }
    }
    Target target = labels ? Labels.of(label, n) : Tensor.of(y, n, c);
    Batch batch = Batch.of(Tensor.of(x, n, c), target);
    Evaluation e = loss.evaluate(batch, Reduction.sum());
    Tensor values = loss.values(batch);
    double[] worst = new double[2];
    for (int i = 0; i < n; i++) {
      double[] expected = new double[c];
      double value = evaluate(gamma, row(x, i, c), row(y, i, c), expected);
      if (value < 1e-37) {
        continue;
      }
      worst[0] = Math.max(worst[0], Math.abs(values.get(i) / value - 1));
      double largest = labels ? Arrays.stream(expected).map(Math::abs).max().orElseThrow() : 1;
      for (int k = 0; k < c; k++) {
        double off = Math.abs(e.gradient().get(i * c + k) - expected[k]) / largest;
        worst[1] = Math.max(worst[1], off);
      }
    }
    return worst;
  }

  private static double[] row(float[] a, int i, int c) {
    double[] row = new double[c];
    for (int k = 0; k < c; k++) {
      row[k] = a[i * c + k];
    }
    return row;
  }
}
