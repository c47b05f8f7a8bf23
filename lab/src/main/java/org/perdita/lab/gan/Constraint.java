package org.perdita.lab.gan;

import org.perdita.adversarial.GradientPenalty;
import org.perdita.adversarial.WeightClipping;

/** How a critic is held. */
public sealed interface Constraint {

  /** Not at all. */
  record None() implements Constraint {
    @Override
    public String toString() {
      return "no constraint";
    }
  }

  /** After each of the critic's steps its parameters are clipped. */
  record Clipping(WeightClipping weights) implements Constraint {
    @Override
    public String toString() {
      return weights.toString();
    }
  }

  /**
   * The critic pays for the size of its gradient.
   *
   * @param cost what a gradient costs
   * @param points where it is looked at
   * @param of what of the critic is differentiated
   * @param lambda what the cost is multiplied by
   */
  record Penalty(GradientPenalty cost, Points points, Output of, double lambda)
      implements Constraint {
    public Penalty {
      if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Penalty: lambda must be a finite number of 0 or more, was " + lambda);
      }
    }

    /** The same, weighing differently. */
    public Penalty withLambda(double lambda) {
      return new Penalty(cost, points, of, lambda);
    }
  }

  /** What of a critic is differentiated. */
  enum Output {
    /** The raw score. */
    SCORE,
    /** σ(score), as the paper of DRAGAN writes; its gradient fades where the critic is sure. */
    PROBABILITY
  }
}
