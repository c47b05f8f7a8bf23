package org.perdita.classification;

import org.perdita.internal.Check;

/**
 * The tempered logarithm and exponential, inverse to each other, in double.
 *
 * <p>Below temperature 1 the logarithm is bounded from below and the exponential is 0 from a point
 * on; above 1 the exponential has a heavy tail. At 1 they are the natural ones, and near 1 they
 * keep their digits.
 *
 * @see <a href="https://arxiv.org/abs/1906.03361">Amid, Warmuth, Anil, Koren: Robust bi-tempered
 *     logistic loss based on Bregman divergences, equations 3 and 4</a>
 */
public final class Tempered {
  private Tempered() {}

  /**
   * log_t(u) = (u<sup>1 − t</sup> − 1) / (1 − t); log u at t = 1.
   *
   * @param t the temperature, finite
   * @param u 0 or more
   */
  public static double log(double t, double u) {
    double a = 1 - finite(t);
    return a == 0 ? Math.log(u) : Math.expm1(a * Math.log(u)) / a;
  }

  /**
   * exp_t(u) = max(0, 1 + (1 − t) u)<sup>1 / (1 − t)</sup>; e<sup>u</sup> at t = 1. Above t = 1 it
   * is infinite from u = 1 / (t − 1) on, where {@link #log} never arrives.
   *
   * @param t the temperature, finite
   * @param u any number
   */
  public static double exp(double t, double u) {
    double a = 1 - finite(t);
    return a == 0 ? Math.exp(u) : Math.exp(Math.log1p(Math.max(a * u, -1)) / a);
  }

  private static double finite(double t) {
    Check.that(Math.abs(t) < Double.POSITIVE_INFINITY, "Tempered", "t", t, "finite");
    return t;
  }
}
