package org.perdita.adversarial;

import org.perdita.Tensor;

/** The mean cost of scores; they are few, so all of it is in double. */
final class MeanCost {
  private MeanCost() {}

  /**
   * Σ share · cost(score − against), its derivative added to {@code gradient}.
   *
   * @return the mean
   */
  static double of(Object who, ScoreCurve cost, Scores scores, double against, Tensor gradient) {
    return of(cost, scores, scores.shares(who), against, gradient);
  }

  static double of(
      ScoreCurve cost, Scores scores, double[] shares, double against, Tensor gradient) {
    double value = 0;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] != 0) {
        double s = scores.values().get(i) - against;
        value += shares[i] * cost.value(s);
        add(gradient, i, shares[i] * cost.slope(s));
      }
    }
    return value;
  }

  /** Σ share · cost′(score − against). */
  static double slope(ScoreCurve cost, Scores scores, double[] shares, double against) {
    double slope = 0;
    for (int i = 0; i < shares.length; i++) {
      slope += shares[i] == 0 ? 0 : shares[i] * cost.slope(scores.values().get(i) - against);
    }
    return slope;
  }

  static void add(Tensor gradient, int i, double by) {
    double sum = gradient.get(i) + by;
    gradient.buffer().put(i, (float) Math.max(-Float.MAX_VALUE, Math.min(sum, Float.MAX_VALUE)));
  }
}
