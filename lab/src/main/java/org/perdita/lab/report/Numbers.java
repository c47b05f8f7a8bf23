package org.perdita.lab.report;

import java.util.Locale;
import org.perdita.lab.experiment.Interval;

/** How a metric is written: shares in per cent, everything else in four significant digits. */
final class Numbers {
  /** A space at which no line breaks. */
  static final String FIXED = "\u00a0";

  private Numbers() {}

  /** Whether the metric is a share of 1, so that it is written in per cent. */
  static boolean share(String metric) {
    String name = metric.toLowerCase(Locale.ROOT);
    return name.contains("accuracy") || name.contains("share") || name.contains("rate");
  }

  /** The unit behind a number of this metric: a fixed space and %, or nothing. */
  static String unit(String metric) {
    return share(metric) ? FIXED + "%" : "";
  }

  /** The number without its unit. */
  static String value(String metric, double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String digits =
        share(metric)
            ? String.format(Locale.ROOT, "%.2f", 100 * value)
            : plain(String.format(Locale.ROOT, "%.4g", value));
    return digits.replace('-', '−');
  }

  /** Mean and half width of the 95 % interval, without unit; the mean alone from one seed. */
  static String mean(String metric, Interval interval) {
    String mean = value(metric, interval.mean());
    return interval.seeds() < 2
        ? mean
        : mean + FIXED + "±" + FIXED + value(metric, (interval.high() - interval.low()) / 2);
  }

  /** A signed difference with its 95 % interval, as in {@code +1.56 points [+1.16, +1.96]}. */
  static String difference(String metric, Interval interval) {
    String points = share(metric) ? FIXED + "points" : "";
    String mean = signed(metric, interval.mean()) + points;
    return interval.seeds() < 2
        ? mean + " (one seed)"
        : mean
            + " ["
            + signed(metric, interval.low())
            + ","
            + FIXED
            + signed(metric, interval.high())
            + "]";
  }

  /** A duration, as in {@code 4 min 10 s}. */
  static String duration(double seconds) {
    long s = Math.round(seconds);
    return s < 60
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
  }

  private static String signed(String metric, double value) {
    String digits = value(metric, value);
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
