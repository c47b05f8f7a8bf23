package org.perdita.lab.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;

/**
 * One number with what it should be.
 *
 * @param subject what was measured
 * @param quantity of what, with its unit
 * @param figure the number; NaN if it could not be had
 * @param bound which side of the limit is good
 * @param limit the goal; without meaning where {@code bound} is {@link Bound#NONE}
 * @param note what a reader must know, or nothing
 */
public record Figure(
    String subject, String quantity, double figure, Bound bound, double limit, String note) {

  /** Which side of its limit a figure should be on. */
  public enum Bound {
    AT_MOST("≤"),
    AT_LEAST("≥"),
    NONE("");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  static Figure atMost(double limit, String subject, String quantity, double figure) {
    return new Figure(subject, quantity, figure, Bound.AT_MOST, limit, "");
  }

  static Figure atLeast(double limit, String subject, String quantity, double figure) {
    return new Figure(subject, quantity, figure, Bound.AT_LEAST, limit, "");
  }

  static Figure told(String subject, String quantity, double figure) {
    return new Figure(subject, quantity, figure, Bound.NONE, 0, "");
  }

  Figure noting(String note) {
    return new Figure(subject, quantity, figure, bound, limit, note);
  }

  /** The goal, as in {@code ≤ 2.2} or {@code ≤ 1e-8}; empty if there is none. */
  @JsonIgnore
  public String goal() {
    return bound == Bound.NONE
        ? ""
        : bound.sign + " " + Double.toString(limit).replace(".0", "").replace("E", "e");
  }

  /** Met, missed, not measured, or nothing where there is no goal. */
  @JsonIgnore
  public String verdict() {
    if (bound == Bound.NONE) {
      return "";
    }
    if (Double.isNaN(figure)) {
      return "not measured";
    }
    return (bound == Bound.AT_MOST ? figure <= limit : figure >= limit) ? "met" : "missed";
  }

  /** The figure in three digits. */
  @JsonIgnore
  public String shown() {
    return Double.isNaN(figure) ? "–" : number(figure);
  }

  /** Three digits, a power of ten only where it helps. */
  static String number(double x) {
    double size = Math.abs(x);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.1e", x);
    }
    if (size >= 100 || x == Math.rint(x)) {
      return String.format(Locale.ROOT, "%.0f", x);
    }
    return String.format(Locale.ROOT, size < 10 ? "%.2f" : "%.1f", x);
  }
}
