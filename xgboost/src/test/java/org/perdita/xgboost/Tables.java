package org.perdita.xgboost;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Small drawn tables, and how they are boosted: exactly and on one thread. */
final class Tables {
  static final int FEATURES = 5;

  private Tables() {}

  /** Settings under which two equal objectives grow equal trees. */
  static Map<String, Object> parameters(Object... more) {
    Map<String, Object> all =
        new HashMap<>(
            Map.of("max_depth", 3, "eta", 0.3, "nthread", 1, "tree_method", "exact", "seed", 1));
    for (int i = 0; i < more.length; i += 2) {
      all.put((String) more[i], more[i + 1]);
    }
    return all;
  }

  /** {@code rows} rows whose class, of {@code classes}, the first two features mostly say. */
  static DMatrix draw(long seed, int rows, int classes, boolean weighted) throws XGBoostError {
    Random random = new Random(seed);
    float[] x = new float[rows * FEATURES];
    float[] y = new float[rows];
    float[] w = new float[rows];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < FEATURES; k++) {
        x[FEATURES * i + k] = (float) random.nextGaussian();
      }
      double score = x[FEATURES * i] + x[FEATURES * i + 1] + 0.5 * random.nextGaussian();
      y[i] = (float) Math.max(0, Math.min(classes - 1, Math.floor(score + classes / 2.0 - 0.5)));
      w[i] = random.nextInt(4);
    }
    DMatrix data = new DMatrix(x, rows, FEATURES, Float.NaN);
    data.setLabel(y);
    if (weighted) {
      data.setWeight(w);
    }
    return data;
  }

  /** Every row's margins, one after the other. */
  static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    return all;
  }

  static float[] filled(int n, float with) {
    float[] all = new float[n];
    Arrays.fill(all, with);
    return all;
  }
}
