package org.perdita.lab.tables;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.perdita.CurvedLoss;
import org.perdita.classification.TemperedSigmoid;
import org.perdita.lab.data.Table;
import org.perdita.xgboost.Link;
import org.perdita.xgboost.LossObjective;

/** What trees are grown to: XGBoost's own logistic loss, or a loss of the library. */
sealed interface Boosting {

  /** As in a result line. */
  String loss();

  /** A booster with no trees, on one thread. */
  Booster start(DMatrix train, DMatrix validation, Map<String, Object> settings)
      throws XGBoostError;

  /** Grows a tree. */
  void grow(Booster booster, DMatrix train, int round) throws XGBoostError;

  /** From margins to probabilities of a yes. */
  Link link();

  /** The sums of the first {@code trees} trees. */
  static float[] margins(Booster booster, DMatrix data, int trees) throws XGBoostError {
    float[][] rows = booster.predict(data, true, trees);
    float[] margins = new float[rows.length];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = rows[i][0];
    }
    return margins;
  }

  /** A table as XGBoost wants it; the caller disposes of it. */
  static DMatrix matrix(Table table) throws XGBoostError {
    DMatrix matrix = new DMatrix(table.cells(), table.rows(), table.columns(), Float.NaN);
    matrix.setLabel(table.labels());
    return matrix;
  }

  private static Booster untrained(
      DMatrix train, DMatrix validation, Map<String, Object> settings, Map<String, Object> own)
      throws XGBoostError {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(own);
    return XGBoost.train(train, all, 0, Map.of("validation", validation), null, null);
  }

  /**
   * {@code binary:logistic}, starting where XGBoost does.
   *
   * @param power positives count (negatives / positives) to this power
   */
  record BuiltIn(double power) implements Boosting {
    @Override
    public String loss() {
      return "BinaryCrossEntropy of XGBoost[scale_pos_weight=(n-/n+)^" + power + "]";
    }

    @Override
    public Booster start(DMatrix train, DMatrix validation, Map<String, Object> settings)
        throws XGBoostError {
      double positives = 0;
      float[] labels = train.getLabel();
      for (float label : labels) {
        positives += label;
      }
      double weight = Math.pow((labels.length - positives) / Math.max(1, positives), power);
      return untrained(
          train,
          validation,
          settings,
          Map.of("objective", "binary:logistic", "scale_pos_weight", weight));
    }

    @Override
    public void grow(Booster booster, DMatrix train, int round) throws XGBoostError {
      booster.update(train, round);
    }

    @Override
    public Link link() {
      return margins -> new TemperedSigmoid(1).of(margins);
    }
  }

  /** A loss of the library, starting at its best constant. */
  record Ours(CurvedLoss curved) implements Boosting {
    private LossObjective objective() {
      return LossObjective.of(curved);
    }

    @Override
    public String loss() {
      return curved.toString();
    }

    @Override
    public Booster start(DMatrix train, DMatrix validation, Map<String, Object> settings)
        throws XGBoostError {
      return untrained(
          train,
          validation,
          settings,
          Map.of("base_score", objective().initialMargin(train), "disable_default_eval_metric", 1));
    }

    @Override
    public void grow(Booster booster, DMatrix train, int round) throws XGBoostError {
      booster.update(train, round, objective());
    }

    @Override
    public Link link() {
      return objective().link();
    }
  }
}
