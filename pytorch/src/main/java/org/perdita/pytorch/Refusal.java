package org.perdita.pytorch;

/** Refusals of this package: one sentence that says who, what was found, what is allowed. */
final class Refusal {
  private Refusal() {}

  static void unless(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
