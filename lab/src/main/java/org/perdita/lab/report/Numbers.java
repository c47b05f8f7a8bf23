package org.perdita.lab.report;

import java.util.Locale;
import org.perdita.lab.experiment.Interval;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Measure.Unit;

/** How a measure is written: shares in per cent, everything else in four significant digits. */
final class Numbers {
  /** A space at which no line breaks. */
  static final String FIXED = "\u00a0";

  private Numbers() {}

  /** The name with its unit, as on an axis: {@code accuracy (%)}. */
  static String title(Measure measure) {
    String symbol = measure.unit().symbol();
    return symbol.isEmpty() ? measure.name() : measure.name() + " (" + symbol + ")";
  }

  /** The unit behind a number of this measure: a fixed space and its symbol, or nothing. */
  static String unit(Measure measure) {
    String symbol = measure.unit().symbol();
    return symbol.isEmpty() ? "" : FIXED + symbol;
  }

  /** A number of a measure, without its unit. */
  static String value(Measure measure, double value) {
    return measure.unit() == Unit.SHARE && Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.2f", measure.unit().times() * value).replace('-', '−')
        : value(measure.unit().times() * value);
  }

  /** A plain number. */
  static String value(double value) {
    return Double.isFinite(value)
        ? plain(String.format(Locale.ROOT, "%.4g", value)).replace('-', '−')
        : Double.toString(value);
  }

  /** Mean and half width of the 95 % interval, without unit; the mean alone from one seed. */
  static String mean(Measure measure, Interval interval) {
    String mean = value(measure, interval.mean());
    return interval.seeds() < 2
        ? mean
        : mean + FIXED + "±" + FIXED + value(measure, (interval.high() - interval.low()) / 2);
  }

  /** A signed difference with its 95 % interval, as in {@code +1.56 points [+1.16, +1.96]}. */
  static String difference(Measure measure, Interval interval) {
    String unit = measure.unit().difference();
    String mean = signed(measure, interval.mean()) + (unit.isEmpty() ? "" : FIXED + unit);
    return interval.seeds() < 2
        ? mean + " (one seed)"
        : mean
            + " ["
            + signed(measure, interval.low())
            + ","
            + FIXED
            + signed(measure, interval.high())
            + "]";
  }

  /** A duration, as in {@code 4 min 10 s}. */
  static String duration(double seconds) {
    long s = Math.round(seconds);
    return s < 60
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
  }

  private static String signed(Measure measure, double value) {
    String digits = value(measure, value);
    boolean zero = digits.chars().noneMatch(c -> c >= '1' && c <= '9');
    return zero ? digits.replace("−", "") : value > 0 ? "+" + digits : digits;
  }

  /** Drops the zeros that {@code %g} leaves behind the point. */
  private static String plain(String digits) {
    return digits.contains("e") || !digits.contains(".")
        ? digits
        : digits.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
