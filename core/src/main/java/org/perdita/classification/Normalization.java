package org.perdita.classification;

import java.io.Serializable;
import org.perdita.internal.Check;

/**
 * How the tempered softmax is made to sum to 1.
 *
 * @param iterations 0 to solve until the sum is 1 to within rounding; otherwise the published
 *     algorithm with that many iterations, whose sum may be far from 1
 */
public record Normalization(int iterations) implements Serializable {

  public Normalization {
    Check.that(iterations >= 0, "Normalization", "iterations", iterations, "0 or more");
  }

  /** Solved until the sum is 1 to within rounding. */
  public static Normalization solved() {
    return new Normalization(0);
  }

  /**
   * The authors' algorithm, for parity with their numbers: a fixed point above temperature 1,
   * bisection below. They use 5 iterations, after which Σ p may be off by 0.2.
   */
  public static Normalization published(int iterations) {
    Check.that(iterations >= 1, "Normalization", "iterations", iterations, "1 or more");
    return new Normalization(iterations);
  }

  @Override
  public String toString() {
    return iterations == 0 ? "solved" : "published, " + iterations + " iterations";
  }
}
