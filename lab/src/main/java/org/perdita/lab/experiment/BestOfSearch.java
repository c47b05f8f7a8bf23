package org.perdita.lab.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a random search finds. Its samples are the seeds of an arm, each trained with settings of
 * its own; what counts is the best of as many as the budget allows.
 *
 * <p>By bootstrap, as in "Are GANs Created Equal?": the distribution of the best of so many samples
 * drawn with replacement from those there are; its mean, and its middle 95 %. No drawing is needed:
 * of n samples from the worst to the best, the best of k is the i-th or a worse one with
 * probability (i / n)ᵏ.
 */
public final class BestOfSearch {
  private static final double TAIL = 0.025;

  private BestOfSearch() {}

  /** A number, and how probable it is. */
  private record Atom(double number, double probability) {}

  /**
   * The best of {@code budget} samples.
   *
   * @param samples at least one
   */
  public static Interval of(Measure.Better better, int budget, double... samples) {
    return middle(best(better, budget, samples), samples.length);
  }

  /** The best of the treatment's samples less the best of the baseline's, each of all there are. */
  public static Interval difference(Measure.Better better, double[] baseline, double[] treatment) {
    List<Atom> differences = new ArrayList<>();
    for (Atom from : best(better, baseline.length, baseline)) {
      for (Atom to : best(better, treatment.length, treatment)) {
        double difference = to.number() - from.number();
        differences.add(new Atom(difference, from.probability() * to.probability()));
      }
    }
    return middle(differences, Math.min(baseline.length, treatment.length));
  }

  private static List<Atom> best(Measure.Better better, int budget, double[] samples) {
    int n = samples.length;
    if (n == 0) {
      throw new IllegalArgumentException("BestOfSearch: samples must be at least one, was none");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double number = sorted[better == Measure.Better.HIGHER ? i : n - 1 - i];
      double below = Math.pow(i / (double) n, budget);
      atoms.add(new Atom(number, Math.pow((i + 1) / (double) n, budget) - below));
    }
    return atoms;
  }

  private static Interval middle(List<Atom> atoms, int samples) {
    double mean = atoms.stream().mapToDouble(a -> a.number() * a.probability()).sum();
    if (samples == 1) {
      return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1);
    }
    List<Atom> sorted = atoms.stream().sorted(Comparator.comparingDouble(Atom::number)).toList();
    return new Interval(mean, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL), samples);
  }

  /** The least number up to which there is that much probability. */
  private static double quantile(List<Atom> sorted, double probability) {
    double sum = 0;
    for (Atom atom : sorted) {
      sum += atom.probability();
      if (sum >= probability) {
        return atom.number();
      }
    }
    return sorted.get(sorted.size() - 1).number();
  }
}
