package org.perdita.lab.experiment;

import java.util.Optional;

/**
 * How a number of the result lines, or a curve of them, is to be read.
 *
 * @param name as in the result lines, such as {@code accuracy}
 * @param unit what a number of it counts
 * @param better which way is up
 * @param definition how it is computed, in a sentence or two; empty where the name says it all
 * @param axis what a curve of it runs over; empty for epochs, counted from 1
 * @param searched whether the seeds of an arm are the samples of a random search, each with
 *     settings of its own, of which the best counts and not the mean
 */
public record Measure(
    String name,
    Unit unit,
    Better better,
    String definition,
    Optional<Axis> axis,
    boolean searched) {

  /** What a number counts, and how it is written. */
  public enum Unit {
    /** Nothing: a number of its own. */
    PLAIN(1, "", ""),
    /** A share of 1, written in per cent; differences are points. */
    SHARE(100, "%", "points"),
    MILLIMETRES(1, "mm", "mm"),
    DECIBELS(1, "dB", "dB"),
    SECONDS(1, "s", "s");

    private final double times;
    private final String symbol;
    private final String difference;

    Unit(double times, String symbol, String difference) {
      this.times = times;
      this.symbol = symbol;
      this.difference = difference;
    }

    /** By how much a number is multiplied before it is written. */
    public double times() {
      return times;
    }

    /** Behind a number; may be empty. */
    public String symbol() {
      return symbol;
    }

    /** Behind a difference of two numbers; may be empty. */
    public String difference() {
      return difference;
    }
  }

  /** Which way is up. */
  public enum Better {
    HIGHER,
    LOWER
  }

  /**
   * What a curve runs over, in even steps.
   *
   * @param title as on the chart, with its unit
   * @param first where the first number of the curve stands
   * @param last where the last one stands
   */
  public record Axis(String title, double first, double last) {}

  /** A plain number of which more is better. */
  public static Measure plain(String name) {
    return new Measure(name, Unit.PLAIN, Better.HIGHER, "", Optional.empty(), false);
  }

  /** A share of 1 of which more is better. */
  public static Measure share(String name) {
    return plain(name).in(Unit.SHARE);
  }

  /** The same in another unit. */
  public Measure in(Unit unit) {
    return new Measure(name, unit, better, definition, axis, searched);
  }

  /** The same where less is better. */
  public Measure lowerIsBetter() {
    return new Measure(name, unit, Better.LOWER, definition, axis, searched);
  }

  /** The same with its definition. */
  public Measure defined(String definition) {
    return new Measure(name, unit, better, definition, axis, searched);
  }

  /** The same as a curve over something else than epochs. */
  public Measure over(String title, double first, double last) {
    Optional<Axis> over = Optional.of(new Axis(title, first, last));
    return new Measure(name, unit, better, definition, over, searched);
  }

  /** The same where the seeds are samples of a random search and the best of them counts. */
  public Measure bestOfSearch() {
    return new Measure(name, unit, better, definition, axis, true);
  }

  /**
   * The seeds' numbers as one: their mean, or the best of the search.
   *
   * @param numbers at least one
   */
  public Interval summary(double... numbers) {
    return searched ? BestOfSearch.of(better, numbers.length, numbers) : Interval.of(numbers);
  }
}
