package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.perdita.lab.bench.Composition.Composed;
import org.perdita.lab.bench.Exact.Slope;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/** What Perdita is timed against computes the same losses. */
class CompositionTest {
  private static final int ROWS = 7;
  private static final int CLASSES = 5;

  /** The label's logit is the largest of its row, as the exact bi-tempered row asks. */
  private static final float[][] X = rows();

  private final Engine.Scope scope = Engine.scope();

  private static float[][] rows() {
    SplittableRandom random = new SplittableRandom(3);
    float[][] x = new float[ROWS][CLASSES];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < CLASSES; k++) {
        x[i][k] = (float) random.nextDouble(-2, 2);
      }
      x[i][label(i)] = (float) random.nextDouble(2, 5);
    }
    return x;
  }

  private static int label(int row) {
    return row % CLASSES;
  }

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void focal() {
    float[] x = {-4, -1.5f, -0.2f, 0, 0.7f, 2, 5};
    float[] y = {0, 1, 0, 1, 1, 0, 1};
    Tensor logits = EngineTensors.of(x, x.length).requires_grad_(true);
    Composed composed =
        Composition.focal(0.25, 1.7).evaluate(logits, EngineTensors.of(y, y.length));
    org.perdita.Tensor gradient = EngineTensors.view(composed.gradient());
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      Slope exact = Exact.focal(0.25, 1.7, x[i], y[i] == 1);
      sum += exact.value();
      assertThat((double) gradient.get(i)).isCloseTo(exact.gradient(), within(1e-6));
    }
    assertThat(composed.value()).isCloseTo(sum, within(1e-5));
  }

  @Test
  void crossEntropy() {
    IntFunction<Slope> exact = row -> Exact.crossEntropy(X[row], label(row));
    agree(Composition.crossEntropy(), exact);
    agree(Composition.fusedCrossEntropy(), exact);
  }

  @Test
  void biTemperedOnceItHasConverged() {
    agree(
        Composition.biTempered(0.8, 1.2, 60),
        row -> Exact.biTempered(0.8, 1.2, X[row], label(row)));
    agree(
        Composition.biTempered(0.5, 1.7, 60),
        row -> Exact.biTempered(0.5, 1.7, X[row], label(row)));
  }

  private static void agree(Composition composition, IntFunction<Slope> exact) {
    float[] flat = new float[ROWS * CLASSES];
    int[] labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(X[row], 0, flat, row * CLASSES, CLASSES);
      labels[row] = label(row);
    }
    Composed composed =
        composition.evaluate(
            EngineTensors.of(flat, ROWS, CLASSES).requires_grad_(true),
            EngineTensors.of(labels, ROWS));
    org.perdita.Tensor gradient = EngineTensors.view(composed.gradient());
    double mean = 0;
    for (int row = 0; row < ROWS; row++) {
      Slope slope = exact.apply(row);
      mean += slope.value() / ROWS;
      assertThat((double) gradient.get(row * CLASSES + label(row)))
          .isCloseTo(slope.gradient() / ROWS, within(1e-6));
    }
    assertThat(composed.value()).isCloseTo(mean, within(1e-5));
  }
}
