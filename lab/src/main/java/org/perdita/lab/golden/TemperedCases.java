package org.perdita.lab.golden;

import java.util.function.DoubleBinaryOperator;
import org.perdita.classification.Tempered;

/** Cases about the tempered logarithm and exponential: input {@code u}, computed in double. */
final class TemperedCases {
  private TemperedCases() {}

  /** log_t, whose slope is u<sup>−t</sup>. */
  static Computed log(GoldenCase golden) {
    return each(golden, Tempered::log, (t, u) -> Math.pow(u, -t));
  }

  /** exp_t, whose slope is exp_t(u)<sup>t</sup>. */
  static Computed exp(GoldenCase golden) {
    return each(golden, Tempered::exp, TemperedCases::expSlope);
  }

  private static double expSlope(double t, double u) {
    double value = Tempered.exp(t, u);
    return value == 0 ? 0 : Math.pow(value, t);
  }

  private static Computed each(
      GoldenCase golden, DoubleBinaryOperator function, DoubleBinaryOperator slope) {
    GoldenArray u = golden.input("u");
    double t = golden.param("t");
    return Computed.inDouble()
        .with("value", u.map(x -> function.applyAsDouble(t, x)))
        .with("gradient.u", u.map(x -> slope.applyAsDouble(t, x)));
  }
}
