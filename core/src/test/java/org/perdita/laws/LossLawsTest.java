package org.perdita.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;

/** What every loss promises, whatever its formula. */
class LossLawsTest {

  static Stream<LossCase> losses() {
    return LossCase.all();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientIsTheSlope(LossCase c) {
    Batch batch = c.draw(1, 6);
    Evaluation e = c.loss().evaluate(batch, Reduction.sum());
    float[] x = batch.prediction().toArray();
    for (int i = 0; i < x.length; i += Math.max(1, x.length / 40)) {
      float h = 1e-2f;
      double slope =
          (-at(c, batch, x, i, 2 * h)
                  + 8 * at(c, batch, x, i, h)
                  - 8 * at(c, batch, x, i, -h)
                  + at(c, batch, x, i, -2 * h))
              / (12.0 * h);
      assertThat((double) e.gradient().get(i))
          .as("entry %d", i)
          .isCloseTo(
              slope, org.assertj.core.data.Offset.offset(2e-3 * Math.max(1, Math.abs(slope))));
    }
  }

  private static double at(LossCase c, Batch batch, float[] x, int i, float h) {
    float[] moved = x.clone();
    moved[i] += h;
    Tensor prediction = Tensor.of(moved, batch.prediction().shape());
    return c.loss().value(new Batch(prediction, batch.target(), batch.weights()), Reduction.sum());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void ignoredUnitsAreNeverRead(LossCase c) {
    Batch batch = c.draw(2, 9);
    Tensor values = c.loss().values(batch);
    float[] weights = new float[values.size()];
    Arrays.fill(weights, 1);
    int perUnit = batch.prediction().size() / values.size();
    float[] x = batch.prediction().toArray();
    weights[0] = 0;
    // Unit 0's entries: the first of each class of sample 0.
    int inner = inner(batch.prediction());
    for (int k = 0; k < perUnit; k++) {
      x[k * inner] = Float.NaN;
    }
    Batch poisoned =
        Batch.of(Tensor.of(x, batch.prediction().shape()), poison(batch.target(), inner, perUnit))
            .weighted(Tensor.of(weights, values.shape()));
    Evaluation e = c.loss().evaluate(poisoned, Reduction.sum());
    Batch clean = batch.weighted(Tensor.of(weights, values.shape()));
    Evaluation expected = c.loss().evaluate(clean, Reduction.sum());
    assertThat(e.value()).isEqualTo(expected.value());
    assertThat(e.gradient().toArray()).isEqualTo(expected.gradient().toArray());
    for (int k = 0; k < perUnit; k++) {
      assertThat(e.gradient().get(k * inner)).isZero();
    }
  }

  private static int inner(Tensor prediction) {
    int inner = 1;
    for (int axis = 2; axis < prediction.rank(); axis++) {
      inner *= prediction.length(axis);
    }
    return inner;
  }

  private static Target poison(Target target, int inner, int perUnit) {
    if (target instanceof Labels labels) {
      int[] copy = new int[labels.size()];
      labels.buffer().get(0, copy);
      copy[0] = -1;
      return Labels.of(copy, labels.shape());
    }
    Tensor tensor = (Tensor) target;
    float[] copy = tensor.toArray();
    for (int k = 0; k < perUnit; k++) {
      copy[k * inner] = Float.NaN;
    }
    return Tensor.of(copy, tensor.shape());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void bitsDoNotDependOnThreads(LossCase c) throws Exception {
    int units = c.draw(3, 6).prediction().size() > 1000 ? 300 : 200_000;
    Batch batch = c.draw(3, units / 6 * 6);
    Evaluation one = inPool(1, c, batch);
    for (int threads : new int[] {2, 7}) {
      Evaluation many = inPool(threads, c, batch);
      assertThat(many.value()).isEqualTo(one.value());
      assertThat(many.gradient().toArray()).isEqualTo(one.gradient().toArray());
    }
  }

  private static Evaluation inPool(int threads, LossCase c, Batch batch) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> c.loss().evaluate(batch, Reduction.mean())).get();
    } finally {
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void farPredictionsStayFinite(LossCase c) {
    for (float far : new float[] {20, 100, 1e4f, 1e30f, Float.MAX_VALUE}) {
      for (int pattern = 0; pattern < 3; pattern++) {
        Batch batch = c.draw(4, 6);
        float[] x = batch.prediction().toArray();
        for (int i = 0; i < x.length; i++) {
          x[i] = pattern == 0 ? Math.copySign(far, x[i]) : (i + pattern) % 2 == 0 ? far : 0;
        }
        Batch moved =
            new Batch(Tensor.of(x, batch.prediction().shape()), batch.target(), batch.weights());
        Evaluation e = c.loss().evaluate(moved, Reduction.mean());
        assertThat(e.value()).as("value at %s", far).isFinite();
        for (float g : e.gradient().toArray()) {
          assertThat(g).as("gradient at %s", far).isFinite();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aSmallStepAgainstTheGradientLowersTheValue(LossCase c) {
    Batch batch = c.draw(5, 12);
    Evaluation e = c.loss().evaluate(batch, Reduction.mean());
    float[] x = batch.prediction().toArray();
    float steepest = 0;
    for (float g : e.gradient().toArray()) {
      steepest = Math.max(steepest, Math.abs(g));
    }
    for (int i = 0; i < x.length; i++) {
      x[i] -= 0.05f / steepest * e.gradient().get(i);
    }
    Tensor stepped = Tensor.of(x, batch.prediction().shape());
    assertThat(c.loss().value(Batch.of(stepped, batch.target()), Reduction.mean()))
        .isLessThan(e.value());
  }
}
