package org.perdita.internal;

import java.util.Arrays;

/** Shapes: sizes, refusals, and positions written the way a person points at them. */
public final class Shapes {
  private Shapes() {}

  /** The product of {@code shape}; refuses negative lengths and products over 2^31 − 1. */
  public static int size(Object who, int... shape) {
    long size = 1;
    for (int length : shape) {
      Check.that(length >= 0, who, "shape", Arrays.toString(shape), "lengths of 0 or more");
      size *= length;
      Check.that(
          size <= Integer.MAX_VALUE, who, "shape", Arrays.toString(shape), "at most 2^31 - 1 long");
    }
    return (int) size;
  }

  /** A copy of {@code shape}, if its product is {@code size}. */
  public static int[] checked(Object who, int size, int... shape) {
    int product = size(who, shape);
    Check.that(
        product == size, who, "shape", Arrays.toString(shape), "of " + size + " entries in all");
    return shape.clone();
  }

  /** The coordinates of row-major position {@code index}, as in {@code [17, 3]}. */
  public static String position(int index, int... shape) {
    int[] at = new int[shape.length];
    int rest = index;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return Arrays.toString(at);
  }
}
