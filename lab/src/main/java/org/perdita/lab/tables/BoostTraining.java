package org.perdita.lab.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.perdita.Tensor;
import org.perdita.lab.data.Table;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.metrics.BinaryScores;
import org.perdita.lab.metrics.PlattScaling;

/**
 * Grows trees to one loss, keeps as many as served the validation rows best, and measures on the
 * test rows.
 *
 * @param missed the share of positives that training and validation miss
 * @param source the seed's rows
 */
record BoostTraining(
    Condition condition,
    Arm arm,
    int seed,
    Recipe recipe,
    double missed,
    TableSplit.Source source,
    Boosting boosting)
    implements Training {
  static final String AREA = "AUC-PR";
  static final String LOG_LOSS = "log loss";
  static final String FITTED_LOG_LOSS = "log loss, recalibrated";
  static final String CALIBRATION = "calibration error";
  static final String VALIDATION = "noisy validation AUC-PR";
  private static final int BINS = 15;

  static final List<Measure> MEASURES =
      List.of(
          Measure.share(AREA)
              .defined(
                  "Average precision on test rows under true labels; a random order gives the share"
                      + " of positives."),
          Measure.plain(LOG_LOSS)
              .lowerIsBetter()
              .defined("Of the probabilities as the objective claims them, in nats a row."),
          Measure.plain(FITTED_LOG_LOSS)
              .lowerIsBetter()
              .defined("After Platt scaling of the margins on the validation rows."),
          Measure.share(CALIBRATION)
              .lowerIsBetter()
              .defined(
                  "Mean |said − observed| over "
                      + BINS
                      + " bins of equally many test rows, of the"
                      + " probabilities as claimed."),
          Measure.share(VALIDATION)
              .defined("On validation rows, whose labels are wrong as the training rows' are."));

  /**
   * How trees are grown, the same for all.
   *
   * @param rounds how many trees at most
   * @param every after how many trees the validation rows are asked
   */
  record Recipe(int rounds, int every, Map<String, Object> settings) {}

  @Override
  public int steps() {
    return recipe.rounds();
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    TableSplit split = source.of(seed).mislabelled(missed, seed);
    try {
      DMatrix train = Boosting.matrix(split.train());
      DMatrix validation = Boosting.matrix(split.validation());
      DMatrix test = Boosting.matrix(split.test());
      try {
        return grown(progress, split, train, validation, test);
      } finally {
        train.dispose();
        validation.dispose();
        test.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    }
  }

  private Outcome grown(
      Progress progress, TableSplit split, DMatrix train, DMatrix validation, DMatrix test)
      throws XGBoostError, InterruptedException {
    Booster booster = boosting.start(train, validation, recipe.settings());
    try {
      float[] noisy = split.validation().labels();
      List<Double> curve = new ArrayList<>();
      double best = Double.NEGATIVE_INFINITY;
      int trees = 0;
      float[] margins = {};
      for (int round = 0; round < recipe.rounds(); round++) {
        boosting.grow(booster, train, round);
        if ((round + 1) % recipe.every() == 0) {
          float[] found = Boosting.margins(booster, validation, round + 1);
          double area = BinaryScores.averagePrecision(found, noisy);
          curve.add(area);
          if (area > best) {
            best = area;
            trees = round + 1;
            margins = found;
          }
        }
        progress.step();
      }
      float[] truth = split.test().labels();
      float[] testMargins = Boosting.margins(booster, test, trees);
      float[] p =
          boosting.link().probabilities(Tensor.of(testMargins, testMargins.length)).toArray();
      float[] fitted = PlattScaling.fit(margins, noisy).of(testMargins);
      Map<String, Double> metrics =
          Map.of(
              AREA, BinaryScores.averagePrecision(testMargins, truth),
              LOG_LOSS, BinaryScores.logLoss(p, truth),
              FITTED_LOG_LOSS, BinaryScores.logLoss(fitted, truth),
              CALIBRATION, BinaryScores.calibrationError(p, truth, BINS),
              VALIDATION, best);
      List<Outcome.Picture> pictures =
          seed == 1 ? List.of(picture(split.test(), testMargins, p, fitted)) : List.of();
      return new Outcome(
          metrics, Map.of(VALIDATION, List.copyOf(curve)), pictures, Optional.empty());
    } finally {
      booster.dispose();
    }
  }

  private Outcome.Picture picture(Table test, float[] margins, float[] p, float[] fitted) {
    float[] truth = test.labels();
    return new Outcome.Picture(
        arm.name() + ", " + condition.label(),
        ScorePicture.of(
            BinaryScores.curve(margins, truth),
            (double) test.positives() / test.rows(),
            BinaryScores.reliability(p, truth, BINS),
            BinaryScores.reliability(fitted, truth, BINS)));
  }
}
