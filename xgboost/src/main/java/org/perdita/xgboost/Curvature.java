package org.perdita.xgboost;

/**
 * The positive number by which boosting divides a gradient. A leaf's weight is −Σ g / (Σ h + λ), so
 * h says how far a step goes, and a loss that is not convex gives it no sign.
 *
 * <p>Every h is at least 1e-16, as in XGBoost's own logistic objective.
 */
public enum Curvature {
  /**
   * The loss's own: d² loss / d margin². Where it is negative the floor stands in its place, and
   * steps there are long; add a {@code max_delta_step} or a {@code lambda}.
   */
  TRUE {
    @Override
    double of(double gradient, double own, double p, double y) {
      return own;
    }
  },

  /**
   * The larger of the loss's own and what it would be if the loss weighed its examples by
   * constants: with g = m (p − y), m p (1 − p). For a label it is |g| p<sub>t</sub> with
   * p<sub>t</sub> the probability of what is true, so that no example steps farther than 1 /
   * p<sub>t</sub>, which is logistic regression's step. For binary cross-entropy both are the same
   * p (1 − p).
   */
  SAFE {
    @Override
    double of(double gradient, double own, double p, double y) {
      double away = Math.abs(p - y);
      return away == 0 ? own : Math.max(own, Math.abs(gradient) * (p * (1 - p) / away));
    }
  };

  /**
   * @param gradient d loss / d margin
   * @param own d² loss / d margin²
   * @param p the probability that the margins mean
   * @param y what it should have been
   */
  abstract double of(double gradient, double own, double p, double y);
}
