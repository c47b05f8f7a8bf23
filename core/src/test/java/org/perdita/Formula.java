package org.perdita;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** A loss written out plainly in double, to hold the float kernels to. */
public final class Formula {
  private Formula() {}

  /** Value and gradient of the mean must be those of {@code plain}, to 2e-6 of the largest. */
  public static void holds(Loss loss, Batch batch, ToDoubleFunction<double[]> plain) {
    Evaluation e = loss.evaluate(batch, Reduction.mean());
    double[] x = new double[batch.prediction().size()];
    Arrays.setAll(x, i -> batch.prediction().get(i));
    assertThat(e.value()).isCloseTo(plain.applyAsDouble(x), within(2e-6));
    double[] slopes = new double[x.length];
    double largest = 0;
    double h = 1e-5;
    for (int i = 0; i < x.length; i++) {
      double at = x[i];
      x[i] = at + h;
      double above = plain.applyAsDouble(x);
      x[i] = at - h;
      slopes[i] = (above - plain.applyAsDouble(x)) / (2 * h);
      x[i] = at;
      largest = Math.max(largest, Math.abs(slopes[i]));
    }
    for (int i = 0; i < x.length; i++) {
      double g = e.gradient().get(i);
      assertThat(g).as("entry %d", i).isCloseTo(slopes[i], within(2e-6 * largest + 1e-9));
    }
  }

  /** Normal numbers of standard deviation 2. */
  public static Tensor logits(long seed, int... shape) {
    Random random = new Random(seed);
    Tensor x = Tensor.zeros(shape);
    for (int i = 0; i < x.size(); i++) {
      x.buffer().put(i, (float) (2 * random.nextGaussian()));
    }
    return x;
  }

  /** Uniform numbers in [0, 1). */
  public static Tensor uniform(long seed, int... shape) {
    Random random = new Random(seed);
    Tensor x = Tensor.zeros(shape);
    for (int i = 0; i < x.size(); i++) {
      x.buffer().put(i, random.nextFloat());
    }
    return x;
  }

  /** Labels 0 … classes − 1. */
  public static Labels labels(long seed, int classes, int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Labels.of(new Random(seed).ints(size, 0, classes).toArray(), shape);
  }

  /** Softmax over axis 1 of {@code [n, c, inner]}. */
  public static double[] softmax(double[] x, int n, int c, int inner) {
    double[] p = new double[x.length];
    for (int i = 0; i < n; i++) {
      for (int q = 0; q < inner; q++) {
        double sum = 0;
        for (int k = 0; k < c; k++) {
          sum += Math.exp(x[(i * c + k) * inner + q]);
        }
        for (int k = 0; k < c; k++) {
          p[(i * c + k) * inner + q] = Math.exp(x[(i * c + k) * inner + q]) / sum;
        }
      }
    }
    return p;
  }

  public static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
