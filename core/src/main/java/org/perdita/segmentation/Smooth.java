package org.perdita.segmentation;

import org.perdita.internal.Check;

/**
 * What is added to the numerator and to the denominator of an overlap. It decides what an empty
 * class costs, and how much a region of few positions does.
 *
 * @param numerator finite, 0 or more
 * @param denominator finite, 0 or more
 */
public record Smooth(double numerator, double denominator) {

  public Smooth {
    Check.that(
        numerator >= 0 && numerator < Double.POSITIVE_INFINITY,
        "Smooth",
        "numerator",
        numerator,
        "finite and 0 or more");
    Check.that(
        denominator >= 0 && denominator < Double.POSITIVE_INFINITY,
        "Smooth",
        "denominator",
        denominator,
        "finite and 0 or more");
  }

  /** The same in both, so that empty against empty is a perfect overlap. */
  public static Smooth of(double both) {
    return new Smooth(both, both);
  }
}
