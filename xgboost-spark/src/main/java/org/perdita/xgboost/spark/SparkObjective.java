package org.perdita.xgboost.spark;

import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.ObjectiveTrait;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.perdita.Tensor;
import org.perdita.xgboost.Link;
import org.perdita.xgboost.LossObjective;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A {@link LossObjective} as XGBoost4J-Spark wants it. Spark sends it to the machines that grow the
 * trees; labels, weights and layouts are those of {@link LossObjective}.
 *
 * <pre>{@code
 * SparkObjective objective = SparkObjective.of(LossObjective.of(new FocalLoss(Alpha.none(), 2)));
 * var classifier = new XGBoostClassifier();
 * classifier.setCustomObj(objective);
 * classifier.setBaseScore(0.5f);                              // a margin of 0
 * Dataset<Row> scored =
 *     objective.withProbabilities(classifier.fit(train).transform(test), "probability");
 * }</pre>
 *
 * <p>The classifier takes its own link for {@code probability}, which is right for sigmoid and
 * softmax and wrong for the bi-tempered losses; {@link #withProbabilities} takes the loss's.
 */
public final class SparkObjective implements ObjectiveTrait {
  private static final long serialVersionUID = 1;
  private static final String RAW = "rawPrediction";

  private final LossObjective objective;

  private SparkObjective(LossObjective objective) {
    this.objective = objective;
  }

  /** {@code objective} on Spark. */
  public static SparkObjective of(LossObjective objective) {
    return new SparkObjective(objective);
  }

  @Override
  public List<float[]> getGradient(float[][] margins, DMatrix data) {
    return objective.getGradient(margins, data);
  }

  @Override
  public scala.collection.immutable.List<float[]> getGradient(
      float[][] margins, ml.dmlc.xgboost4j.scala.DMatrix data) {
    return CollectionConverters.asScala(gradient(margins, data)).toList();
  }

  private List<float[]> gradient(float[][] margins, ml.dmlc.xgboost4j.scala.DMatrix data) {
    try {
      return objective.gradient(margins, data.getLabel(), data.getWeight());
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * {@code scored} with the loss's probabilities of the classes in {@code column}, which may
   * replace the classifier's.
   *
   * @param scored what a classification model gave, with its column {@code rawPrediction}
   */
  public Dataset<Row> withProbabilities(Dataset<Row> scored, String column) {
    Link link = objective.link();
    UDF1<Vector, Vector> probabilities = raw -> probabilities(link, raw);
    return scored.withColumn(
        column, functions.udf(probabilities, SQLDataTypes.VectorType()).apply(functions.col(RAW)));
  }

  /** Of two classes the raw prediction is −m and m, of more the margins. */
  private static Vector probabilities(Link link, Vector raw) {
    int classes = raw.size();
    if (classes == 2) {
      float p = link.probabilities(Tensor.of(new float[] {(float) raw.apply(1)}, 1)).get(0);
      return Vectors.dense(1 - p, p);
    }
    float[] margins = new float[classes];
    for (int k = 0; k < classes; k++) {
      margins[k] = (float) raw.apply(k);
    }
    Tensor p = link.probabilities(Tensor.of(margins, 1, classes));
    double[] all = new double[classes];
    for (int k = 0; k < classes; k++) {
      all[k] = p.get(k);
    }
    return Vectors.dense(all);
  }
}
