package org.perdita.adversarial;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * A critic's raw scores of some samples, of any shape {@code [n, …]}: a critic that judges patches
 * gives several a sample. Raw means what the last layer gives: no sigmoid.
 *
 * @param values the scores, at least one
 * @param weights what each counts: shaped like the scores, or {@code [n]}, one a sample; null when
 *     all count alike. A score of weight 0 is never read.
 */
public record Scores(Tensor values, @Nullable Tensor weights) {

  /**
   * @throws IllegalArgumentException if there is no score, or the weights' shape is neither of both
   */
  public Scores {
    Check.that(values.size() > 0, "Scores", "values", values, "at least one score");
    if (weights != null && !Arrays.equals(weights.shape(), values.shape())) {
      Check.shape("Scores", "weights", weights.shape(), "one weight a sample", values.length(0));
    }
  }

  /** Scores that all count alike. */
  public static Scores of(Tensor values) {
    return new Scores(values, null);
  }

  /** The same scores, counting differently. */
  public Scores weighted(Tensor weights) {
    return new Scores(values, weights);
  }

  /** How many there are. */
  int size() {
    return values.size();
  }

  /**
   * What each score's cost is multiplied by in the mean: w / (how many have a weight above 0).
   *
   * @throws IllegalArgumentException if a weight is negative or not finite
   */
  double[] shares(Object who) {
    double[] shares = new double[size()];
    Tensor w = weights;
    if (w == null) {
      Arrays.fill(shares, 1.0 / size());
      return shares;
    }
    int each = size() / w.size();
    int counted = 0;
    for (int i = 0; i < shares.length; i++) {
      float weight = w.get(i / each);
      if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
        throw Check.entry(
            who, "weights", i / each, w.shape(), weight, "a finite number of 0 or more");
      }
      shares[i] = weight;
      counted += weight > 0 ? 1 : 0;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= Math.max(1, counted);
    }
    return shares;
  }

  /** Σ share · s. */
  double mean(double[] shares) {
    double mean = 0;
    for (int i = 0; i < shares.length; i++) {
      mean += shares[i] == 0 ? 0 : shares[i] * values.get(i);
    }
    return mean;
  }
}
