package org.perdita.lab.report.loss;

/** Parameters as a page writes them. */
final class Numerals {
  private Numerals() {}

  /** Without the point of a whole number: {@code 2}, {@code 0.5}. */
  static String of(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
