package org.perdita.djl;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** The engine's shapes as the library's, and how labels fit predictions. */
final class Shapes {
  private Shapes() {}

  /** The lengths of the axes; 2 GiB of floats is the most a tensor holds. */
  static int[] of(String what, Shape shape) {
    DjlLoss.check(
        shape.size() <= Integer.MAX_VALUE / Float.BYTES,
        what + " must be smaller than 2 GiB, have shape " + shape);
    return Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
  }

  /** Whether {@code labels} is {@code prediction} without its class axis, or with one class. */
  static boolean fitsClasses(int[] labels, int... prediction) {
    return prediction.length >= 2
        && (Arrays.equals(labels, withoutClassAxis(prediction, prediction))
            || Arrays.equals(labels, withOneClass(prediction)));
  }

  /** {@code shape} as it is if it is shorter than the prediction's already, else without axis 1. */
  static int[] withoutClassAxis(int[] shape, int... prediction) {
    if (shape.length < prediction.length) {
      return shape;
    }
    int[] rest = new int[shape.length - 1];
    rest[0] = shape[0];
    System.arraycopy(shape, 2, rest, 1, shape.length - 2);
    return rest;
  }

  private static int[] withOneClass(int... prediction) {
    int[] one = prediction.clone();
    one[1] = 1;
    return one;
  }
}
