package org.perdita.matting;

import org.perdita.internal.Check;

/**
 * A 3 × 3 operator for image gradients: the difference of the pixels on either side, smoothed
 * across with weights (side, middle, side).
 *
 * @param side of the two outer rows, finite
 * @param middle of the middle row, finite and above 0
 */
public record GradientOperator(float side, float middle) {

  public GradientOperator {
    Check.that(side >= 0 && side < 1e6f, "GradientOperator", "side", side, "0 or more, below 1e6");
    Check.that(
        middle > 0 && middle < 1e6f, "GradientOperator", "middle", middle, "above 0, below 1e6");
  }

  /** (1, 2, 1), not divided by anything: the slope of a ramp comes out eightfold. */
  public static GradientOperator sobel() {
    return new GradientOperator(1, 2);
  }

  /** (3, 10, 3), not divided by anything. */
  public static GradientOperator scharr() {
    return new GradientOperator(3, 10);
  }

  /** Central differences, halved. */
  public static GradientOperator central() {
    return new GradientOperator(0, 0.5f);
  }

  /** The same with weights divided by {@code divisor}. */
  public GradientOperator dividedBy(float divisor) {
    return new GradientOperator(side / divisor, middle / divisor);
  }
}
