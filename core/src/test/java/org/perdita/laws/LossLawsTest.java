package org.perdita.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Batch;
import org.perdita.CurvedLoss;
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
    int entries = 0;
    int kinks = 0;
    for (int i = 0; i < x.length; i += Math.max(1, x.length / 40)) {
      entries++;
      double slope = slopeOfValue(c, batch, x, i, 1e-2f);
      double near = slopeOfValue(c, batch, x, i, 5e-3f);
      double tolerance = 2e-3 * Math.max(1, Math.abs(slope));
      if (c.kinked() && Math.abs(near - slope) > tolerance / 4) {
        kinks++; // an absolute value changes its sign between the points
        continue;
      }
      assertThat((double) e.gradient().get(i))
          .as("entry %d", i)
          .isCloseTo(slope, within(tolerance));
    }
    assertThat(kinks).isLessThan(entries / 4);
  }

  private static double slopeOfValue(LossCase c, Batch batch, float[] x, int i, float h) {
    return (-at(c, batch, x, i, 2 * h)
            + 8 * at(c, batch, x, i, h)
            - 8 * at(c, batch, x, i, -h)
            + at(c, batch, x, i, -2 * h))
        / (12.0 * h);
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
    if (c.wholeSamples()) {
      ignoredSamplesAreNeverRead(c);
      return;
    }
    Batch batch = c.draw(2, 9);
    Tensor values = c.loss().values(batch);
    float[] weights = new float[values.size()];
    Arrays.fill(weights, 1);
    int elements = batch.prediction().size() / values.size();
    // Unit 0's entries are the first of each class of sample 0; a label's units stand or fall
    // together.
    int perUnit = batch.target() instanceof Labels ? batch.prediction().length(1) : elements;
    float[] x = batch.prediction().toArray();
    boolean bySample = values.rank() == 1; // then a unit is all that stands at one index of axis 0
    int inner = bySample ? 1 : inner(batch.prediction());
    for (int k = 0; k < perUnit / elements; k++) {
      weights[k * inner] = 0;
    }
    for (int k = 0; k < perUnit; k++) {
      x[k * inner] = Float.NaN;
    }
    int ofTarget =
        bySample && batch.target() instanceof Tensor y ? y.size() / values.size() : perUnit;
    Batch poisoned =
        Batch.of(Tensor.of(x, batch.prediction().shape()), poison(batch.target(), inner, ofTarget))
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

  private static void ignoredSamplesAreNeverRead(LossCase c) {
    Batch batch = c.draw(2, 9);
    Tensor values = c.loss().values(batch);
    float[] weights = new float[values.size()];
    Arrays.fill(weights, values.size() / values.length(0), weights.length, 1);
    int perSample = batch.prediction().size() / values.length(0);
    float[] x = batch.prediction().toArray();
    Arrays.fill(x, 0, perSample, Float.NaN);
    Batch poisoned =
        Batch.of(
                Tensor.of(x, batch.prediction().shape()),
                poison(batch.target(), 1, batch.target() instanceof Labels ? 1 : perSample))
            .weighted(Tensor.of(weights, values.shape()));
    Evaluation e = c.loss().evaluate(poisoned, Reduction.mean());
    Batch clean = batch.weighted(Tensor.of(weights, values.shape()));
    Evaluation expected = c.loss().evaluate(clean, Reduction.mean());
    assertThat(e.value()).isEqualTo(expected.value());
    assertThat(e.gradient().toArray()).isEqualTo(expected.gradient().toArray());
    for (int k = 0; k < perSample; k++) {
      assertThat(e.gradient().get(k)).isZero();
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
    int perUnit = c.draw(3, 6).prediction().size() / 6;
    Batch batch = c.draw(3, Math.max(36, 200_000 / perUnit / 6 * 6));
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
        for (float h : curvature(c, moved).toArray()) {
          assertThat(h).as("curvature at %s", far).isFinite();
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

  @ParameterizedTest
  @MethodSource("losses")
  void curvatureIsTheSlopeOfTheGradient(LossCase c) {
    if (!(c.loss() instanceof CurvedLoss)) {
      return;
    }
    Batch batch = c.draw(6, 6);
    float[] found = curvature(c, batch).toArray();
    float[] x = batch.prediction().toArray();
    for (int i = 0; i < x.length; i += Math.max(1, x.length / 40)) {
      float h = 2e-2f;
      double slope =
          (-slope(c, batch, x, i, 2 * h)
                  + 8 * slope(c, batch, x, i, h)
                  - 8 * slope(c, batch, x, i, -h)
                  + slope(c, batch, x, i, -2 * h))
              / (12.0 * h);
      assertThat((double) found[i])
          .as("entry %d", i)
          .isCloseTo(slope, within(2e-3 * Math.max(1, Math.abs(slope))));
    }
  }

  private static double slope(LossCase c, Batch batch, float[] x, int i, float h) {
    float[] moved = x.clone();
    moved[i] += h;
    Tensor prediction = Tensor.of(moved, batch.prediction().shape());
    Batch there = new Batch(prediction, batch.target(), batch.weights());
    return c.loss().evaluate(there, Reduction.sum()).gradient().get(i);
  }

  /** The curvature, or zeros where the loss has none. */
  private static Tensor curvature(LossCase c, Batch batch) {
    int[] shape = batch.prediction().shape();
    Tensor curvature = Tensor.zeros(shape);
    if (c.loss() instanceof CurvedLoss curved) {
      curved.evaluate(batch, Reduction.sum(), Tensor.zeros(shape), curvature);
    }
    return curvature;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aCurvedLossSurvivesBeingSent(LossCase c) throws Exception {
    if (!(c.loss() instanceof CurvedLoss)) {
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(c.loss());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(c.loss());
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void nothingIsLeftWhenAllIsIgnored(LossCase c) {
    Batch batch = c.draw(7, 6);
    Batch ignored = batch.weighted(Tensor.zeros(c.loss().values(batch).shape()));
    for (Reduction reduction :
        List.of(
            Reduction.sum(), Reduction.mean(), Reduction.weightedMean(), Reduction.dividedBy(3))) {
      Evaluation e = c.loss().evaluate(ignored, reduction);
      assertThat(e.value()).isZero();
      for (float g : e.gradient().toArray()) {
        assertThat(g).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void weightsScale(LossCase c) {
    Batch batch = c.draw(8, 60);
    float[] four = new float[c.loss().values(batch).size()];
    Arrays.fill(four, 4);
    Batch weighted = batch.weighted(Tensor.of(four, c.loss().values(batch).shape()));
    Evaluation one = c.loss().evaluate(batch, Reduction.sum());
    Evaluation e = c.loss().evaluate(weighted, Reduction.sum());
    assertThat(e.value()).isCloseTo(4 * one.value(), within(1e-9 * Math.abs(4 * one.value())));
    for (int i = 0; i < e.gradient().size(); i++) {
      assertThat(e.gradient().get(i)).isEqualTo(4 * one.gradient().get(i));
    }
    assertThat(c.loss().value(weighted, Reduction.weightedMean()))
        .isCloseTo(
            c.loss().value(batch, Reduction.weightedMean()), within(1e-6 * Math.abs(one.value())));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theOrderOfTheSamplesDoesNotMatter(LossCase c) {
    Batch batch = c.draw(9, 210);
    Evaluation e = c.loss().evaluate(batch, Reduction.mean());
    Evaluation back = c.loss().evaluate(Samples.reversed(batch), Reduction.mean());
    assertThat(back.value()).isCloseTo(e.value(), within(1e-7 * Math.abs(e.value())));
    Batch gradients = Samples.reversed(new Batch(back.gradient(), batch.target(), null));
    assertThat(gradients.prediction().toArray()).isEqualTo(e.gradient().toArray());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theSumsOfPartsAddUp(LossCase c) {
    Batch batch = c.draw(10, 300);
    int n = Samples.count(batch);
    double whole = c.loss().value(batch, Reduction.sum());
    double parts = 0;
    for (int[] part : new int[][] {{0, 1}, {1, n / 3}, {n / 3, n}}) {
      parts += c.loss().value(Samples.range(batch, part[0], part[1]), Reduction.sum());
    }
    assertThat(parts).isCloseTo(whole, within(1e-7 * Math.abs(whole)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLengthGivesEachUnitTheSameBits(LossCase c) {
    Batch batch = c.draw(11, 1032);
    float[] values = c.loss().values(batch).toArray();
    float[] gradient = c.loss().evaluate(batch, Reduction.sum()).gradient().toArray();
    int samples = Samples.count(batch);
    boolean few = gradient.length < 2000;
    for (int n = 0; n <= samples; n += few || n < 34 ? 1 : 1 + n / 3) {
      Batch part = Samples.range(batch, 0, n);
      Evaluation e = c.loss().evaluate(part, Reduction.sum());
      assertThat(c.loss().values(part).toArray())
          .as("values of %d samples", n)
          .isEqualTo(Arrays.copyOf(values, values.length / samples * n));
      assertThat(e.gradient().toArray())
          .as("gradient of %d samples", n)
          .isEqualTo(Arrays.copyOf(gradient, gradient.length / samples * n));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void heapAndDirectMemoryAreAlike(LossCase c) {
    Batch heap = c.draw(12, 60);
    Batch direct = Samples.direct(heap);
    Evaluation e = c.loss().evaluate(heap, Reduction.mean());
    Tensor gradient = Samples.direct(Tensor.zeros(heap.prediction().shape()));
    assertThat(c.loss().evaluate(direct, Reduction.mean(), gradient)).isEqualTo(e.value());
    assertThat(gradient.toArray()).isEqualTo(e.gradient().toArray());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void inputsAreLeftAlone(LossCase c) {
    Batch batch = c.draw(13, 60);
    float[] weights = new float[c.loss().values(batch).size()];
    Arrays.fill(weights, 0, weights.length / 2, 0.5f);
    Batch weighted = batch.weighted(Tensor.of(weights, c.loss().values(batch).shape()));
    Batch copy = Samples.range(weighted, 0, Samples.count(weighted));
    c.loss().evaluate(weighted, Reduction.mean());
    c.loss().values(weighted);
    curvature(c, weighted);
    assertThat(batch.prediction().toArray()).isEqualTo(copy.prediction().toArray());
    if (batch.target() instanceof Tensor target && copy.target() instanceof Tensor before) {
      assertThat(target.toArray()).isEqualTo(before.toArray());
    }
    for (int i = 0; i < weights.length; i++) {
      assertThat(weights[i]).isEqualTo(i < weights.length / 2 ? 0.5f : 0);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valuesSumToTheValue(LossCase c) {
    Batch batch = c.draw(14, 120);
    double sum = 0;
    for (float v : c.loss().values(batch).toArray()) {
      sum += v;
    }
    double value = c.loss().value(batch, Reduction.sum());
    assertThat(sum).isCloseTo(value, within(1e-6 * Math.abs(value)));
    assertThat(c.loss().evaluate(batch, Reduction.sum()).value()).isEqualTo(value);
  }
}
