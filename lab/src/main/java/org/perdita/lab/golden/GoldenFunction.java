package org.perdita.lab.golden;

/** How Perdita computes the cases of one {@code fn}. */
@FunctionalInterface
interface GoldenFunction {

  /**
   * Computes a case.
   *
   * @throws org.perdita.lab.experiment.Refusal if a field is missing or damaged
   * @throws IllegalArgumentException if the loss refuses what the case asks for
   * @throws UnsupportedOperationException if Perdita has no such variant of the function, in one
   *     sentence
   */
  Computed compute(GoldenCase golden);
}
