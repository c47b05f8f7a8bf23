package org.perdita.classification;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.perdita.internal.Check;

/**
 * How much each class counts, for losses over classes.
 *
 * <p>With w the weight of a unit, c<sub>k</sub> that of class k and y the unit's target:
 *
 * <ul>
 *   <li>A label: the unit counts w c<sub>label</sub>.
 *   <li>A distribution, or a smoothed label: the target becomes c<sub>k</sub> y<sub>k</sub> / S and
 *       the unit counts w S, where S = Σ c<sub>k</sub> y<sub>k</sub>. For losses that are linear in
 *       the target, such as cross-entropy, that weights each class's term, as PyTorch does.
 *   <li>{@code Reduction.weightedMean()} divides by the sum of w Σ c<sub>k</sub> y<sub>k</sub>, y
 *       before smoothing: for labels PyTorch's mean. {@code Reduction.mean()} divides by the number
 *       of units that count more than 0.
 * </ul>
 *
 * @param weights one finite number of 0 or more a class; empty means that each class counts 1
 */
public record ClassWeights(List<Double> weights) implements Serializable {

  public ClassWeights {
    weights = List.copyOf(weights);
    for (int k = 0; k < weights.size(); k++) {
      double weight = weights.get(k);
      Check.that(
          weight >= 0 && weight <= Float.MAX_VALUE,
          "ClassWeights",
          "weights[" + k + "]",
          weight,
          "a finite number of 0 or more");
    }
  }

  /** Each class counts 1. */
  public static ClassWeights none() {
    return new ClassWeights(List.of());
  }

  /** Class k counts {@code weights[k]}. */
  public static ClassWeights of(double... weights) {
    return new ClassWeights(Arrays.stream(weights).boxed().toList());
  }

  /**
   * Classes count in inverse proportion to how often they occur, so that each has the same weight
   * in all: Σ n / (K n<sub>k</sub>), scikit-learn's {@code balanced}.
   *
   * @param counts how many units each class has, 1 or more
   */
  public static ClassWeights balanced(long... counts) {
    for (int k = 0; k < counts.length; k++) {
      Check.that(counts[k] >= 1, "ClassWeights", "counts[" + k + "]", counts[k], "1 or more");
    }
    double total = Arrays.stream(counts).asDoubleStream().sum();
    return of(
        Arrays.stream(counts).mapToDouble(n -> total / ((double) counts.length * n)).toArray());
  }

  /** As in {@code none} and {@code [1.0, 2.5]}. */
  @Override
  public String toString() {
    return weights.isEmpty() ? "none" : weights.toString();
  }
}
