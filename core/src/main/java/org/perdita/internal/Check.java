package org.perdita.internal;

import java.util.Arrays;
import org.perdita.Tensor;

/**
 * Every refusal, in one voice: who, what, what may be, what was. Conditions are written so that NaN
 * fails them.
 */
public final class Check {
  private Check() {}

  /** Refuses unless {@code holds}: {@code who: what must be allowed, was found}. */
  public static void that(boolean holds, Object who, String what, Object was, String allowed) {
    if (!holds) {
      throw refusal(who + ": " + what + " must be " + allowed + ", was " + was);
    }
  }

  /** Refuses unless {@code what}'s shape is {@code expected}'s. */
  public static void shape(Object who, String what, int[] was, String model, int... expected) {
    if (!Arrays.equals(was, expected)) {
      throw refusal(
          String.format(
              "%s: %s has shape %s, %s has shape %s",
              who, what, Arrays.toString(was), model, Arrays.toString(expected)));
    }
  }

  /** As {@link #shape(Object, String, int[], String, int...)}, the model being part of a tensor. */
  public static void shape(
      Object who, String what, int[] was, String model, Tensor of, int... expected) {
    if (!Arrays.equals(was, expected)) {
      shape(who, what, was, model + " " + of, expected);
    }
  }

  /** Refuses one entry: {@code who: what[17, 3] = 2.0 is not in [0, 1]}. */
  public static IllegalArgumentException entry(
      Object who, String what, int index, int[] shape, Object was, String not) {
    return refusal(
        who + ": " + what + Shapes.position(index, shape) + " = " + was + " is not " + not);
  }

  /** A refusal in words of its own. */
  public static IllegalArgumentException refusal(String sentence) {
    return new IllegalArgumentException(sentence);
  }
}
