package org.perdita.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.SimpleCompositeLoss;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.djl.Gradients.Found;

final class DjlLossTest {
  private static final DjlLoss CROSS_ENTROPY = DjlLoss.of(new CrossEntropyLoss(), Reduction.mean());
  private static final DjlLoss BINARY = DjlLoss.of(new BinaryCrossEntropyLoss(), Reduction.mean());
  private static final float[] LOGITS = {1, -2, 0.5f, 3, 0, -1, 0.25f, 2, 2, -4, 1, 0};
  private static final int[] CLASSES = {0, 2, 1, 1};

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray logits() {
    return manager.create(LOGITS, new Shape(4, 3));
  }

  private NDArray classes() {
    return manager.create(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("org.perdita.djl.Composed#all")
  void givesTheEnginesOwnValueAndGradient(Composed composed) {
    DjlLoss loss = DjlLoss.of(composed.loss(), Reduction.mean());
    NDList labels = new NDList(composed.labels(classes(), 3));
    Found ours = Gradients.of(logits(), p -> loss.evaluate(labels, new NDList(p)));
    // In double, because 1 − p loses its digits in the composed focal loss.
    NDArray oneHot = Composed.oneHot(classes(), 3).toType(DataType.FLOAT64, false);
    Found theirs =
        Gradients.of(
            logits().toType(DataType.FLOAT64, false), p -> composed.formula().apply(p, oneHot));
    assertThat(ours.value()).isCloseTo(theirs.value(), within(1e-6f));
    assertThat(ours.gradient()).containsExactly(theirs.gradient(), within(1e-6f));
  }

  @Test
  void givesTheKernelsOwnBits() {
    NDArray x = logits();
    x.setRequiresGradient(true);
    Evaluation kernel =
        new CrossEntropyLoss()
            .evaluate(Batch.of(Tensor.of(LOGITS, 4, 3), Labels.of(CLASSES)), Reduction.mean());
    try (var collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
      NDArray value = CROSS_ENTROPY.evaluate(new NDList(classes()), new NDList(x));
      collector.backward(value);
      assertThat(value.getShape()).isEqualTo(new Shape());
      assertThat(value.getFloat()).isEqualTo((float) kernel.value());
      assertThat(x.getGradient().toFloatArray()).isEqualTo(kernel.gradient().toArray());
      assertThat(x.toFloatArray()).isEqualTo(LOGITS);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"INT64", "INT32", "INT8", "UINT8", "FLOAT32", "FLOAT64"})
  void readsClassIndicesOfEveryType(DataType type) {
    float expected = value(CROSS_ENTROPY, classes(), logits());
    NDArray typed = classes().toType(type, false);
    assertThat(value(CROSS_ENTROPY, typed, logits())).isEqualTo(expected);
    assertThat(value(CROSS_ENTROPY, typed.reshape(4, 1), logits())).isEqualTo(expected);
  }

  @Test
  void readsClassIndicesOfPositionsWithAndWithoutAClassAxis() {
    NDArray x = manager.create(LOGITS, new Shape(2, 3, 2));
    NDArray y = manager.create(CLASSES, new Shape(2, 2));
    assertThat(value(CROSS_ENTROPY, y.reshape(2, 1, 2), x)).isEqualTo(value(CROSS_ENTROPY, y, x));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"INT64", "INT32", "BOOLEAN", "FLOAT64", "FLOAT16"})
  void readsDenseTargetsOfEveryType(DataType type) {
    NDArray y = Composed.oneHot(classes(), 3);
    assertThat(value(BINARY, y.toType(type, false), logits()))
        .isEqualTo(value(BINARY, y, logits()));
  }

  @Test
  void findsPredictionLabelAndWeightsByTheirPlaces() {
    DjlLoss loss = CROSS_ENTROPY.on(1, 2).weightedBy(0);
    NDArray weights = manager.create(new float[] {1, 0, 2, 0});
    NDArray classes = manager.create(new float[] {0, Float.NaN, 1, 17});
    NDArray none = manager.create(0f);
    double kernel =
        new CrossEntropyLoss()
            .value(
                Batch.of(Tensor.of(LOGITS, 4, 3), Labels.of(new int[] {0, -1, 1, -1}))
                    .weighted(Tensor.of(new float[] {1, 0, 2, 0}, 4)),
                Reduction.mean());
    assertThat(
            loss.evaluate(new NDList(weights, none, classes), new NDList(none, logits()))
                .getFloat())
        .isEqualTo((float) kernel);
  }

  @Test
  void addsUpInTheEnginesCompositeLosses() {
    SimpleCompositeLoss both =
        new SimpleCompositeLoss()
            .addLoss(CROSS_ENTROPY.on(0, 0))
            .addLoss(BINARY.on(0, 1).named("second"));
    NDList labels = new NDList(classes(), Composed.oneHot(classes(), 3));
    Found sum = Gradients.of(logits(), p -> both.evaluate(labels, new NDList(p)));
    Found first = Gradients.of(logits(), p -> CROSS_ENTROPY.evaluate(labels, new NDList(p)));
    Found second = Gradients.of(logits(), p -> BINARY.on(0, 1).evaluate(labels, new NDList(p)));
    assertThat(sum.value()).isCloseTo(first.value() + second.value(), within(1e-6f));
    for (int i = 0; i < LOGITS.length; i++) {
      assertThat(sum.gradient()[i])
          .isCloseTo(first.gradient()[i] + second.gradient()[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT64", "FLOAT16"})
  void copiesOtherPrecisionsToFloatAndTheGradientBack(DataType type) {
    NDList labels = new NDList(classes());
    Found theirs = Gradients.of(logits(), p -> CROSS_ENTROPY.evaluate(labels, new NDList(p)));
    Found ours =
        Gradients.of(
            logits().toType(type, false), p -> CROSS_ENTROPY.evaluate(labels, new NDList(p)));
    assertThat(ours.gradient())
        .containsExactly(theirs.gradient(), within(type == DataType.FLOAT64 ? 1e-6f : 2e-2f));
  }

  @Test
  void readsATransposedPredictionInItsOwnOrder() {
    NDList labels = new NDList(classes());
    Found plain = Gradients.of(logits(), p -> CROSS_ENTROPY.evaluate(labels, new NDList(p)));
    NDArray columns = logits().transpose().mul(1).toType(DataType.FLOAT32, true);
    Found turned =
        Gradients.of(columns, p -> CROSS_ENTROPY.evaluate(labels, new NDList(p.transpose())));
    assertThat(turned.value()).isEqualTo(plain.value());
    for (int i = 0; i < 4; i++) {
      for (int k = 0; k < 3; k++) {
        assertThat(turned.gradient()[4 * k + i]).isEqualTo(plain.gradient()[3 * i + k]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {20, 1e4f, 1e30f, Float.MAX_VALUE})
  void staysFiniteFarOut(float far) {
    NDArray x = manager.create(new float[] {far, -far, far, -far}, new Shape(2, 2));
    NDArray y = manager.create(new float[] {1, 0, 0, 1}, new Shape(2, 2));
    DjlLoss loss = DjlLoss.of(new FocalLoss(Alpha.none(), 0.5), Reduction.sum());
    x.setRequiresGradient(true);
    try (var collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
      NDArray value = loss.evaluate(new NDList(y), new NDList(x));
      collector.backward(value);
      float[] g = x.getGradient().toFloatArray();
      assertThat(g[2]).isBetween(0.99f, 1.01f);
      assertThat(g[3]).isBetween(-1.01f, -0.99f);
      assertThat(g[0]).isBetween(-1e-6f, 0f);
    }
  }

  @Test
  void addsUpTheSameValuesForListeners() {
    DjlLoss loss = DjlLoss.of(new CrossEntropyLoss(), Reduction.mean());
    float expected = value(loss, classes(), logits());
    loss.addAccumulator("train");
    loss.updateAccumulator("train", new NDList(classes()), new NDList(logits()));
    loss.updateAccumulator("train", new NDList(classes()), new NDList(logits()));
    assertThat(loss.getAccumulator("train")).isEqualTo(expected);
    loss.resetAccumulator("train");
    assertThat(loss.getAccumulator("train")).isNaN();
  }

  @Test
  void leavesNothingBehindButTheValue() {
    NDArray x = logits();
    NDList labels = new NDList(classes());
    x.setRequiresGradient(true);
    try (var collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
      NDArray p = x.mul(2);
      int before = manager.getManagedArrays().size();
      NDArray value = CROSS_ENTROPY.evaluate(labels, new NDList(p));
      assertThat(manager.getManagedArrays()).hasSize(before + 1).contains(value);
      collector.backward(value);
    }
  }

  @Test
  void refusesInOneSentence() {
    assertRefused(
        BINARY,
        manager.create(new int[] {0, 1, 1, 0}),
        manager.create(new float[4], new Shape(4, 1)),
        "DjlLoss: labels of shape [4] for predictions of shape [4, 1] are no yes or no; give them"
            + " the predictions' shape");
    assertRefused(
        CROSS_ENTROPY,
        manager.create(new float[] {0, 0.5f, 1, 0}),
        logits(),
        "DjlLoss: labels[1] = 0.5 is no class");
    assertRefused(
        BINARY,
        manager.create(new float[4], new Shape(1, 4)),
        manager.create(new float[4], new Shape(4, 1)),
        "BinaryCrossEntropyLoss[positiveWeight=[]]: target has shape [1, 4], prediction has shape"
            + " [4, 1]");
    assertRefused(
        CROSS_ENTROPY.on(2, 0),
        classes(),
        logits(),
        "DjlLoss: predictions must be more than 2 arrays, were 1");
    assertThatThrownBy(() -> CROSS_ENTROPY.on(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DjlLoss: prediction's index must be 0 or more, was -1");
  }

  @Test
  void saysWhatItIs() {
    assertThat(CROSS_ENTROPY.getName()).isEqualTo("CrossEntropyLoss");
    assertThat(BINARY.on(1, 2).weightedBy(3))
        .hasToString(
            "DjlLoss[BinaryCrossEntropyLoss[positiveWeight=[]], Mean[], prediction=1, label=2,"
                + " weights=3]");
  }

  private static float value(DjlLoss loss, NDArray labels, NDArray predictions) {
    return loss.evaluate(new NDList(labels), new NDList(predictions)).getFloat();
  }

  private static void assertRefused(
      DjlLoss loss, NDArray labels, NDArray predictions, String sentence) {
    assertThatThrownBy(() -> loss.evaluate(new NDList(labels), new NDList(predictions)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
