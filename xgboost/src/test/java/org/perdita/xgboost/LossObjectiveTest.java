package org.perdita.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.FocalStarLoss;
import org.perdita.classification.SoftmaxFocalLoss;

final class LossObjectiveTest {
  private static final float[] NO_WEIGHTS = {};
  private static final float[] FAR = {-Float.MAX_VALUE, -1e4f, -100, -20, -3, 0, 3, 20, 100, 1e30f};

  static Stream<CurvedLoss> onOneLogit() {
    return Stream.of(
        new BinaryCrossEntropyLoss(),
        FocalLoss.retinaNet(),
        new FocalLoss(Alpha.none(), 0.5),
        new FocalLoss(Alpha.of(0.9), 5),
        new FocalStarLoss(Alpha.none(), 2, 1),
        BinaryBiTemperedLoss.of(0.2, 4),
        BinaryBiTemperedLoss.of(0.8, 1.2),
        BinaryBiTemperedLoss.of(0.3, 0.7));
  }

  static Stream<CurvedLoss> overClasses() {
    return Stream.of(
        new CrossEntropyLoss(),
        new SoftmaxFocalLoss(2),
        BiTemperedLoss.of(0.5, 1.5),
        BiTemperedLoss.of(0.8, 1.2));
  }

  @ParameterizedTest
  @MethodSource("onOneLogit")
  void givesTheExactGradientOfTheWeightedSum(CurvedLoss loss) {
    float[] margins = {-3, -0.5f, 0, 0.2f, 2, 5};
    float[] labels = {1, 0, 1, 0.3f, 0, 1};
    float[] weights = {1, 2, 0.5f, 1, 0, 3};
    Batch batch =
        Batch.of(Tensor.of(margins, 6), Tensor.of(labels, 6)).weighted(Tensor.of(weights, 6));
    float[] g = LossObjective.of(loss).gradient(column(margins), labels, weights).get(0);
    assertThat(g).isEqualTo(loss.evaluate(batch, Reduction.sum()).gradient().toArray());
    assertThat(g[4]).isZero();
  }

  @ParameterizedTest
  @MethodSource("onOneLogit")
  void curvatureIsPositiveAndFiniteHoweverFar(CurvedLoss loss) {
    for (Curvature curvature : Curvature.values()) {
      for (float label : new float[] {0, 1}) {
        float[] h =
            LossObjective.of(loss)
                .with(curvature)
                .gradient(column(FAR), Tables.filled(FAR.length, label), NO_WEIGHTS)
                .get(1);
        for (float one : h) {
          assertThat(one).isBetween(1e-16f, Float.MAX_VALUE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("onOneLogit")
  void theTrueCurvatureIsTheLosssOwnWhereThatIsPositive(CurvedLoss loss) {
    float[] margins = {-6, -2, -0.5f, 0.1f, 1, 3};
    float[] labels = {1, 0, 1, 0, 0, 1};
    Tensor own = Tensor.zeros(6);
    loss.evaluate(
        Batch.of(Tensor.of(margins, 6), Tensor.of(labels, 6)),
        Reduction.sum(),
        Tensor.zeros(6),
        own);
    LossObjective objective = LossObjective.of(loss);
    float[] h = objective.with(Curvature.TRUE).gradient(column(margins), labels, NO_WEIGHTS).get(1);
    float[] safe = objective.gradient(column(margins), labels, NO_WEIGHTS).get(1);
    for (int i = 0; i < 6; i++) {
      assertThat(h[i]).isEqualTo(Math.max(own.get(i), 1e-16f));
      assertThat(safe[i]).isGreaterThanOrEqualTo(h[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("onOneLogit")
  void noSafeStepIsLongerThanThatOfLogisticRegression(CurvedLoss loss) {
    float[] margins = {-20, -3, -1, 0, 1, 3, 20};
    Tensor p = LossObjective.of(loss).link().probabilities(Tensor.of(margins, margins.length));
    for (float label : new float[] {0, 1}) {
      List<float[]> found =
          LossObjective.of(loss)
              .gradient(column(margins), Tables.filled(margins.length, label), NO_WEIGHTS);
      for (int i = 0; i < margins.length; i++) {
        double right = label == 1 ? p.get(i) : 1 - p.get(i);
        double step = Math.abs(found.get(0)[i]) / found.get(1)[i];
        if (right > 1e-6 && right < 1) {
          assertThat(step * right).isLessThanOrEqualTo(1 + 1e-4);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("overClasses")
  void laysClassesOutRowByRow(CurvedLoss loss) {
    float[][] margins = {{1, -2, 0.5f}, {3, 0, -1}, {0.25f, 2, 2}};
    float[] labels = {0, 2, Float.NaN};
    float[] weights = {1, 2, 0};
    Batch batch =
        Batch.of(Tensor.of(Tables.flat(margins), 3, 3), Labels.of(new int[] {0, 2, -1}))
            .weighted(Tensor.of(weights, 3));
    Tensor own = Tensor.zeros(3, 3);
    Tensor gradient = Tensor.zeros(3, 3);
    loss.evaluate(batch, Reduction.sum(), gradient, own);
    LossObjective objective = LossObjective.of(loss).with(Curvature.TRUE);
    List<float[]> found = objective.gradient(margins, labels, weights);
    assertThat(found.get(0)).isEqualTo(gradient.toArray());
    for (int i = 0; i < 6; i++) {
      assertThat(found.get(1)[i]).isEqualTo((float) Math.max(2.0 * own.get(i), 1e-16));
    }
    assertThat(found.get(1)[6]).isZero();
  }

  @Test
  void takesSigmoidLossesOneAgainstTheRest() {
    LossObjective objective = LossObjective.of(new FocalLoss(Alpha.of(0.2, 0.5, 0.7), 2));
    float[][] margins = {{1, -2, 0.5f}, {3, 0, -1}};
    float[] weights = {1, 2};
    List<float[]> all = objective.gradient(margins, new float[] {1, 2}, weights);
    for (int k = 0; k < 3; k++) {
      double a = new double[] {0.2, 0.5, 0.7}[k];
      List<float[]> one =
          LossObjective.of(new FocalLoss(Alpha.of(a), 2))
              .gradient(
                  new float[][] {{margins[0][k]}, {margins[1][k]}},
                  new float[] {k == 1 ? 1 : 0, k == 2 ? 1 : 0},
                  weights);
      for (int row = 0; row < 2; row++) {
        assertThat(all.get(0)[3 * row + k]).isEqualTo(one.get(0)[row]);
        assertThat(all.get(1)[3 * row + k]).isCloseTo(one.get(1)[row], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("onOneLogit")
  void boostingLowersTheLoss(CurvedLoss loss) throws XGBoostError {
    DMatrix data = Tables.draw(3, 600, 2, true);
    LossObjective objective = LossObjective.of(loss);
    float start = objective.initialMargin(data);
    Booster booster =
        XGBoost.train(data, Tables.parameters("base_score", start), 30, Map.of(), objective, null);
    Batch batch =
        Batch.of(
                Tensor.of(Tables.flat(booster.predict(data, true)), 600),
                Tensor.of(data.getLabel(), 600))
            .weighted(Tensor.of(data.getWeight(), 600));
    Batch before =
        new Batch(Tensor.of(Tables.filled(600, start), 600), batch.target(), batch.weights());
    assertThat(loss.value(batch, Reduction.weightedMean()))
        .isLessThan(0.75 * loss.value(before, Reduction.weightedMean()));
    for (float p : Tables.flat(objective.predict(booster, data))) {
      assertThat(p).isBetween(0f, 1f);
    }
  }

  @Test
  void theInitialMarginOfCrossEntropyIsTheLogOdds() {
    LossObjective objective = LossObjective.of(new BinaryCrossEntropyLoss());
    float[] labels = {1, 0, 0, 0, 1};
    assertThat(objective.initialMargin(labels, NO_WEIGHTS))
        .isCloseTo((float) Math.log(2 / 3.0), within(1e-5f));
    assertThat(objective.initialMargin(labels, new float[] {1, 1, 1, 1, 0}))
        .isCloseTo((float) Math.log(1 / 3.0), within(1e-5f));
    assertThat(objective.initialMargin(new float[] {1, 1}, NO_WEIGHTS)).isGreaterThan(15);
  }

  @Test
  void isSentToOtherMachines() throws Exception {
    LossObjective objective = LossObjective.of(BinaryBiTemperedLoss.of(0.8, 1.2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(objective);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      LossObjective read = (LossObjective) in.readObject();
      assertThat(read.loss()).isEqualTo(objective.loss());
      assertThat(read.link().probabilities(Tensor.of(new float[] {0.3f}, 1)).get(0))
          .isEqualTo(objective.link().probabilities(Tensor.of(new float[] {0.3f}, 1)).get(0));
    }
  }

  @Test
  void refusesInOneSentence() {
    LossObjective objective = LossObjective.of(new CrossEntropyLoss());
    assertRefused(
        () -> objective.gradient(new float[2][3], new float[] {0, 0.5f}, NO_WEIGHTS),
        "LossObjective: labels[1] = 0.5 is no class");
    assertRefused(
        () -> objective.gradient(new float[2][3], new float[] {0}, NO_WEIGHTS),
        "LossObjective: labels must be one a row, 2, were 1");
    assertRefused(
        () -> objective.gradient(new float[2][3], new float[] {0, 3}, NO_WEIGHTS),
        "CrossEntropyLoss[classWeights=none, smoothing=none]: target[1] = 3 is not a class in 0 … 2");
  }

  private static void assertRefused(Runnable work, String sentence) {
    assertThatThrownBy(work::run).isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
  }

  private static float[][] column(float... margins) {
    float[][] rows = new float[margins.length][];
    for (int i = 0; i < margins.length; i++) {
      rows[i] = new float[] {margins[i]};
    }
    return rows;
  }
}
