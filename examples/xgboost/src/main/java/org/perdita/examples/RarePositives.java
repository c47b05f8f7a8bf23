package org.perdita.examples;

import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.perdita.classification.Alpha;
import org.perdita.classification.FocalLoss;
import org.perdita.xgboost.LossObjective;

/** Trees grown to the focal loss where one row in fifty is positive. */
public final class RarePositives {
  private static final int ROWS = 20_000;
  private static final int FEATURES = 6;

  public static void main(String[] args) throws XGBoostError {
    DMatrix train = draw(1);
    DMatrix test = draw(2);
    LossObjective objective = LossObjective.of(new FocalLoss(Alpha.none(), 2));
    var parameters =
        Map.<String, Object>of("max_depth", 4, "base_score", objective.initialMargin(train));
    Booster booster = XGBoost.train(train, parameters, 60, Map.of(), objective, null);
    float[][] p = objective.predict(booster, test); // booster.predict gives margins
    float[] y = test.getLabel();
    double ofPositives = 0;
    double ofNegatives = 0;
    int positives = 0;
    for (int i = 0; i < ROWS; i++) {
      positives += (int) y[i];
      ofPositives += y[i] * p[i][0];
      ofNegatives += (1 - y[i]) * p[i][0];
    }
    System.out.printf(
        "%d of %d rows are positive; mean probability of positives %.3f, of negatives %.3f%n",
        positives, ROWS, ofPositives / positives, ofNegatives / (ROWS - positives));
  }

  private static DMatrix draw(long seed) throws XGBoostError {
    Random random = new Random(seed);
    float[] x = new float[ROWS * FEATURES];
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < FEATURES; k++) {
        x[FEATURES * i + k] = (float) random.nextGaussian();
      }
      double score = x[FEATURES * i] * x[FEATURES * i + 1] + x[FEATURES * i + 2];
      y[i] = score + 0.3 * random.nextGaussian() > 3.2 ? 1 : 0;
    }
    DMatrix data = new DMatrix(x, ROWS, FEATURES, Float.NaN);
    data.setLabel(y);
    return data;
  }

  private RarePositives() {}
}
