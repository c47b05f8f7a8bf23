package org.perdita.internal;

/**
 * A loss that knows a group of positions by a few sums for each class: I = Σ w p y, P = Σ w p and Y
 * = Σ w y, or with p² and y² in the last two.
 */
public interface RegionFormula {

  /** Whether P and Y are sums of squares. */
  boolean squares();

  /** How many units a group has, out of {@code classes} that are looked at: as many, or 1. */
  int units(int classes);

  /**
   * Value and slopes of one group, in double. The arrays of {@code group} have one entry for each
   * class that is looked at.
   */
  void evaluate(Group group);

  /** One group's sums, and what a formula makes of them. */
  final class Group {
    /** Σ w p y. */
    public final double[] both;

    /** Σ w p, or Σ w p². */
    public final double[] predicted;

    /** Σ w y, or Σ w y². */
    public final double[] target;

    /** Out: the value of each unit. */
    public final double[] value;

    /** Out: whether a unit counts nowhere. */
    public final boolean[] leftOut;

    /** Out: d value / d both, of the unit that the class belongs to. */
    public final double[] bySlope;

    /** Out: d value / d predicted. */
    public final double[] predictedSlope;

    Group(int classes, int units) {
      both = new double[classes];
      predicted = new double[classes];
      target = new double[classes];
      value = new double[units];
      leftOut = new boolean[units];
      bySlope = new double[classes];
      predictedSlope = new double[classes];
    }
  }
}
