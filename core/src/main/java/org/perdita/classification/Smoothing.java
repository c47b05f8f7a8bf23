package org.perdita.classification;

import java.io.Serializable;
import org.perdita.internal.Check;

/**
 * Label smoothing: how much of a target's probability is spread over the classes, and over which.
 * With y the target's probability of a class and K the number of classes, the loss sees
 *
 * <ul>
 *   <li>{@link #uniform(double)}: (1 − ε) y + ε / K; the labelled class keeps 1 − ε + ε / K. The
 *       convention of PyTorch, Keras and optax.
 *   <li>{@link #offClass(double)}: (1 − ε − ε / (K − 1)) y + ε / (K − 1); the labelled class keeps
 *       1 − ε and the others share ε. The convention of the bi-tempered loss's authors.
 * </ul>
 *
 * <p>At ε = 0.1 and ten classes the first leaves the label 0.91, the second 0.90. Where there is
 * one class, nothing is spread.
 *
 * @param convention which of the two
 * @param epsilon ε, in [0, 1); 0 spreads nothing, whichever the convention
 */
public record Smoothing(Convention convention, double epsilon) implements Serializable {

  /** Over which classes the probability is spread. */
  public enum Convention {
    /** Over all of them, the labelled one included. */
    UNIFORM,
    /** Over all but the labelled one. */
    OFF_CLASS
  }

  public Smoothing {
    Check.that(epsilon >= 0 && epsilon < 1, "Smoothing", "epsilon", epsilon, "in [0, 1)");
    convention = epsilon == 0 ? Convention.UNIFORM : convention;
  }

  /** Targets as they are. */
  public static Smoothing none() {
    return uniform(0);
  }

  /** (1 − ε) y + ε / K. */
  public static Smoothing uniform(double epsilon) {
    return new Smoothing(Convention.UNIFORM, epsilon);
  }

  /** The labelled class keeps 1 − ε, the others share ε. */
  public static Smoothing offClass(double epsilon) {
    return new Smoothing(Convention.OFF_CLASS, epsilon);
  }

  /** What a smoothed probability keeps of y: {@code keep y + share}. */
  public double keep(int classes) {
    return 1 - classes * share(classes);
  }

  /** What a class of probability 0 gets. */
  public double share(int classes) {
    int sharers = convention == Convention.UNIFORM ? classes : classes - 1;
    return classes == 1 ? 0 : epsilon / sharers;
  }

  /** As in {@code none}, {@code uniform(0.1)} and {@code offClass(0.1)}. */
  @Override
  public String toString() {
    String name = convention == Convention.UNIFORM ? "uniform" : "offClass";
    return epsilon == 0 ? "none" : name + "(" + epsilon + ")";
  }
}
