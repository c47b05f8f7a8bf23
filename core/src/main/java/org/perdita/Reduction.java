package org.perdita;

import org.perdita.internal.Check;

/**
 * How the losses of the units become one number. Written with w for a unit's weight and l for its
 * loss:
 *
 * <ul>
 *   <li>{@link #sum()}: Σ w l
 *   <li>{@link #mean()}: Σ w l over the number of units with w &gt; 0, so that ignored units count
 *       nowhere
 *   <li>{@link #weightedMean()}: Σ w l / Σ w
 *   <li>{@link #dividedBy(double)}: Σ w l / d, where d is the caller's, such as the number of
 *       positive anchors
 * </ul>
 *
 * <p>When every unit is ignored the value is 0 and so is the gradient, under each of them.
 */
public sealed interface Reduction {

  /** What the sum of the weighted losses is multiplied by. */
  double factor(long counted, double weight);

  /** Σ w l. */
  static Reduction sum() {
    return new Sum();
  }

  /** Σ w l over the number of units whose weight is not 0. */
  static Reduction mean() {
    return new Mean();
  }

  /** Σ w l / Σ w. */
  static Reduction weightedMean() {
    return new WeightedMean();
  }

  /**
   * Σ w l / divisor.
   *
   * @param divisor a finite number above 0
   * @throws IllegalArgumentException if it is not
   */
  static Reduction dividedBy(double divisor) {
    return new DividedBy(divisor);
  }

  /**
   * Σ w l / max(1, positives): the normaliser of dense detection, which is the number of anchors
   * assigned to an object and not the number of anchors.
   *
   * @param positives how many positives there are, 0 or more
   */
  static Reduction perPositive(long positives) {
    Check.that(positives >= 0, "Reduction", "positives", positives, "0 or more");
    return new DividedBy(Math.max(1, positives));
  }

  /** See {@link #sum()}. */
  record Sum() implements Reduction {
    @Override
    public double factor(long counted, double weight) {
      return 1;
    }
  }

  /** See {@link #mean()}. */
  record Mean() implements Reduction {
    @Override
    public double factor(long counted, double weight) {
      return counted == 0 ? 0 : 1.0 / counted;
    }
  }

  /** See {@link #weightedMean()}. */
  record WeightedMean() implements Reduction {
    @Override
    public double factor(long counted, double weight) {
      return counted == 0 ? 0 : 1 / weight;
    }
  }

  /** See {@link #dividedBy(double)}. */
  record DividedBy(double divisor) implements Reduction {
    public DividedBy {
      Check.that(
          divisor > 0 && divisor < Double.POSITIVE_INFINITY,
          "Reduction",
          "divisor",
          divisor,
          "finite and above 0");
    }

    @Override
    public double factor(long counted, double weight) {
      return 1 / divisor;
    }
  }
}
