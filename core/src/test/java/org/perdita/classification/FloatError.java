package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * How far an element-wise float kernel is from its formula in double, over 40,000 logits in [−10⁴,
 * 10⁴], each with target 0 and 1: the largest relative error where the exact number is a normal
 * float, and the largest absolute error elsewhere.
 */
record FloatError(double value, double gradient, double belowNormal) {

  /** Value and gradient of one element, in double. */
  interface Formula {
    double[] at(double x, double y);
  }

  static FloatError of(Loss loss, Formula formula) {
    int n = 40_000;
    float[] x = new float[2 * n];
    float[] y = new float[2 * n];
    for (int i = 0; i < n; i++) {
      double size = i % 2 == 0 ? 1e4 * Math.pow(1e-8, i / (double) n) : 110.0 * i / n;
      x[i] = (float) (i % 4 < 2 ? size : -size);
      x[n + i] = x[i];
      y[n + i] = 1;
    }
    Batch batch = Batch.of(Tensor.of(x, 2 * n), Tensor.of(y, 2 * n));
    Tensor values = loss.values(batch);
    Evaluation e = loss.evaluate(batch, Reduction.sum());
    double value = 0;
    double gradient = 0;
    double below = 0;
    for (int i = 0; i < 2 * n; i++) {
      double[] exact = formula.at(x[i], y[i]);
      double[] found = {values.get(i), e.gradient().get(i)};
      double[] error = new double[2];
      for (int k = 0; k < 2; k++) {
        double off = Math.abs(found[k] - exact[k]);
        if (Math.abs(exact[k]) >= Float.MIN_NORMAL) {
          error[k] = off / Math.abs(exact[k]);
        } else {
          below = Math.max(below, off);
        }
      }
      value = Math.max(value, error[0]);
      gradient = Math.max(gradient, error[1]);
    }
    return new FloatError(value, gradient, below);
  }

  /** log σ(z). */
  static double logSigmoid(double z) {
    return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
  }
}
