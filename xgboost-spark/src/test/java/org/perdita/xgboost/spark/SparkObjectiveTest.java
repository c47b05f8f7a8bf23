package org.perdita.xgboost.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.perdita.CurvedLoss;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.xgboost.LossObjective;

/** On a real Spark of two threads in this process. */
final class SparkObjectiveTest {
  private static final int ROWS = 400;
  private static final int FEATURES = 4;

  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .appName("perdita")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "2")
          .getOrCreate();

  @AfterAll
  static void stop() {
    SPARK.stop();
  }

  private static Dataset<Row> table(int classes) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double[] x = random.doubles(FEATURES, -1, 1).toArray();
      int label = (int) Math.min(classes - 1, Math.floor((x[0] * x[1] + 1) / 2 * classes));
      rows.add(RowFactory.create(i, Vectors.dense(x), (double) label));
    }
    return SPARK
        .createDataFrame(
            rows,
            new StructType()
                .add("id", DataTypes.IntegerType)
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType))
        .repartition(1);
  }

  private static Dataset<Row> scored(
      Dataset<Row> table, String builtIn, int classes, @Nullable SparkObjective objective) {
    XGBoostClassifier classifier = new XGBoostClassifier();
    classifier.setFeaturesCol("features");
    classifier.setLabelCol("label");
    classifier.setNumRound(5);
    classifier.setNumWorkers(1);
    classifier.setNthread(1);
    classifier.setMaxDepth(3);
    classifier.setObjective(builtIn);
    classifier.setBaseScore(0.5f);
    if (classes > 2) {
      classifier.setNumClass(classes);
    }
    if (objective != null) {
      classifier.setCustomObj(objective);
    }
    return classifier.fit(table).transform(table);
  }

  /** The column's vectors in the order of the rows' numbers. */
  private static List<Vector> vectors(Dataset<Row> scored, String column) {
    return scored.orderBy("id").select(column).collectAsList().stream()
        .map(row -> row.<Vector>getAs(0))
        .toList();
  }

  private static void assertSame(List<Vector> ours, List<Vector> theirs) {
    assertThat(ours).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      assertThat(ours.get(i).toArray()).containsExactly(theirs.get(i).toArray(), within(1e-4));
    }
  }

  @Test
  void atItsLimitTheFocalLossGrowsTheLogisticTrees() {
    SparkObjective focal = SparkObjective.of(LossObjective.of(new FocalLoss(Alpha.none(), 0)));
    Dataset<Row> table = table(2);
    Dataset<Row> theirs = scored(table, "binary:logistic", 2, null);
    Dataset<Row> ours = scored(table, "binary:logistic", 2, focal);
    assertSame(vectors(ours, "rawPrediction"), vectors(theirs, "rawPrediction"));
    assertSame(vectors(focal.withProbabilities(ours, "p"), "p"), vectors(theirs, "probability"));
  }

  @Test
  void atItsLimitCrossEntropyGrowsTheSoftmaxTrees() {
    SparkObjective objective = SparkObjective.of(LossObjective.of(new CrossEntropyLoss()));
    Dataset<Row> table = table(3);
    Dataset<Row> theirs = scored(table, "multi:softprob", 3, null);
    Dataset<Row> ours = scored(table, "multi:softprob", 3, objective);
    assertSame(
        vectors(objective.withProbabilities(ours, "p"), "p"), vectors(theirs, "probability"));
  }

  @Test
  void theBiTemperedLossHasItsOwnProbabilities() {
    assertTempered(BinaryBiTemperedLoss.of(0.8, 1.5), "binary:logistic", 2);
    assertTempered(BiTemperedLoss.of(0.8, 1.2), "multi:softprob", 3);
  }

  private static void assertTempered(CurvedLoss loss, String builtIn, int classes) {
    LossObjective objective = LossObjective.of(loss);
    SparkObjective onSpark = SparkObjective.of(objective);
    Dataset<Row> scored = scored(table(classes), builtIn, classes, onSpark);
    List<Vector> raw = vectors(scored, "rawPrediction");
    List<Vector> p = vectors(onSpark.withProbabilities(scored, "probability"), "probability");
    boolean learnt = false;
    for (int i = 0; i < ROWS; i++) {
      float margin = (float) raw.get(i).apply(classes - 1);
      learnt |= Math.abs(margin) > 0.1;
      double sum = 0;
      for (double one : p.get(i).toArray()) {
        sum += one;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      if (classes == 2) {
        assertThat(p.get(i).apply(1))
            .isCloseTo(
                objective.link().probabilities(Tensor.of(new float[] {margin}, 1)).get(0),
                within(1e-6));
      }
    }
    assertThat(learnt).isTrue();
  }
}
