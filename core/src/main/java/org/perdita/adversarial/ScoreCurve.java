package org.perdita.adversarial;

import org.perdita.internal.Check;

/**
 * What one raw score costs a player, and the slope of that. All are finite for every finite score.
 */
public sealed interface ScoreCurve {

  /** The cost of score {@code s}. */
  double value(double s);

  /** d value / d s. */
  double slope(double s);

  /**
   * Cross-entropy of σ(s) with a label, up to the label's own entropy: log(1 + e<sup>s</sup>) −
   * label s.
   *
   * @param label what σ(s) should be, in [0, 1]
   */
  record CrossEntropy(double label) implements ScoreCurve {
    public CrossEntropy {
      Check.that(label >= 0 && label <= 1, "CrossEntropy", "label", label, "in [0, 1]");
    }

    @Override
    public double value(double s) {
      // On the side where the score is right, what is left is the wrong label's share.
      double wrong = s > 0 ? 1 - label : label;
      return Math.log1p(Math.exp(-Math.abs(s))) + wrong * Math.abs(s);
    }

    @Override
    public double slope(double s) {
      double e = Math.exp(-Math.abs(s));
      double wrong = s > 0 ? 1 - label : label;
      double slope = (wrong - e * (1 - wrong)) / (1 + e);
      return s > 0 ? slope : -slope;
    }
  }

  /**
   * The generator's part of the minimax game: log(1 − σ(s)), which has no slope left where the
   * critic is sure of a fake.
   */
  record Saturating() implements ScoreCurve {
    @Override
    public double value(double s) {
      return -(Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s))));
    }

    @Override
    public double slope(double s) {
      return -sigmoid(s);
    }
  }

  /**
   * (s − target)² / 2.
   *
   * @param target a finite number
   */
  record HalfSquare(double target) implements ScoreCurve {
    public HalfSquare {
      Check.that(Double.isFinite(target), "HalfSquare", "target", target, "finite");
    }

    @Override
    public double value(double s) {
      return 0.5 * (s - target) * (s - target);
    }

    @Override
    public double slope(double s) {
      return s - target;
    }
  }

  /**
   * (σ(s) − target)² / 2, which the study's code calls least squares.
   *
   * @param target 0 or 1
   */
  record HalfSquareOfProbability(double target) implements ScoreCurve {
    public HalfSquareOfProbability {
      Check.that(target == 0 || target == 1, "HalfSquareOfProbability", "target", target, "0 or 1");
    }

    @Override
    public double value(double s) {
      double away = sigmoid(target == 1 ? -s : s);
      return 0.5 * away * away;
    }

    @Override
    public double slope(double s) {
      double away = sigmoid(target == 1 ? -s : s);
      return (target == 1 ? -1 : 1) * away * sigmoid(s) * sigmoid(-s);
    }
  }

  /**
   * by · s.
   *
   * @param by 1 or −1
   */
  record Linear(double by) implements ScoreCurve {
    public Linear {
      Check.that(by == 1 || by == -1, "Linear", "by", by, "1 or −1");
    }

    @Override
    public double value(double s) {
      return by * s;
    }

    @Override
    public double slope(double s) {
      return by;
    }
  }

  /**
   * max(0, 1 + by · s); at the corner the slope is 0.
   *
   * @param by 1 or −1
   */
  record Hinge(double by) implements ScoreCurve {
    public Hinge {
      Check.that(by == 1 || by == -1, "Hinge", "by", by, "1 or −1");
    }

    @Override
    public double value(double s) {
      return Math.max(0, 1 + by * s);
    }

    @Override
    public double slope(double s) {
      return 1 + by * s > 0 ? by : 0;
    }
  }

  /** σ(s) with its digits on both sides. */
  private static double sigmoid(double s) {
    double e = Math.exp(-Math.abs(s));
    return (s > 0 ? 1 : e) / (1 + e);
  }
}
