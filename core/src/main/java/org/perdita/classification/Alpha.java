package org.perdita.classification;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.perdita.internal.Check;
import org.perdita.internal.Tile;

/**
 * The balance between positives and negatives in {@link FocalLoss} and {@link FocalStarLoss}: a
 * positive counts α, a negative 1 − α, a soft target y counts α y + (1 − α) (1 − y).
 *
 * <p>A class may have an α of its own: α<sub>c</sub> for its positives and 1 − α<sub>c</sub> for
 * its negatives.
 *
 * @param values none: everything counts 1; one: α for every class; more: α of each class along axis
 *     1. Each is in [0, 1].
 */
public record Alpha(List<Double> values) implements Serializable {

  public Alpha {
    values = List.copyOf(values);
    for (double value : values) {
      Check.that(value >= 0 && value <= 1, "Alpha", "value", value, "in [0, 1]");
    }
  }

  /** Positives and negatives both count 1. */
  public static Alpha none() {
    return new Alpha(List.of());
  }

  /** α for all classes, or one for each. */
  public static Alpha of(double... values) {
    return new Alpha(Arrays.stream(values).boxed().toList());
  }

  /** {@code 0.25}, {@code [0.25, 0.5]} or {@code none}. */
  @Override
  public String toString() {
    return switch (values.size()) {
      case 0 -> "none";
      case 1 -> values.get(0).toString();
      default -> values.toString();
    };
  }

  Balance balance() {
    float[] positive = new float[values.size()];
    float[] negative = new float[values.size()];
    for (int c = 0; c < positive.length; c++) {
      double a = values.get(c);
      positive[c] = (float) a;
      negative[c] = (float) (1 - a);
    }
    return new Balance(values, positive, negative);
  }

  /** α as a kernel uses it. */
  static final class Balance {
    private final List<Double> values;
    private final float[] positive;
    private final float[] negative;

    private Balance(List<Double> values, float[] positive, float[] negative) {
      this.values = values;
      this.positive = positive;
      this.negative = negative;
    }

    /** For how many classes there is an α of their own. */
    int classes() {
      return positive.length > 1 ? positive.length : 0;
    }

    /** What target {@code y} of class {@code k} counts. */
    double of(double y, int k) {
      if (values.isEmpty()) {
        return 1;
      }
      double a = values.get(values.size() == 1 ? 0 : k);
      return a * y + (1 - a) * (1 - y);
    }

    /** {@code v} and {@code g} times what their targets count. */
    void multiply(Tile tile, int n) {
      if (positive.length == 1) {
        multiply(tile.y, positive[0], negative[0], tile.v, tile.g, n);
      } else if (positive.length > 1) {
        float[] ofPositives = tile.t[Logistic.FREE];
        float[] ofNegatives = tile.t[Logistic.FREE + 1];
        PerClass.fill(ofPositives, positive, tile.k, n);
        PerClass.fill(ofNegatives, negative, tile.k, n);
        multiply(tile.y, ofPositives, ofNegatives, tile.v, tile.g, n);
      }
    }

    private static void multiply(
        float[] y, float positive, float negative, float[] v, float[] g, int n) {
      for (int j = 0; j < n; j++) {
        float counts = Math.fma(y[j], positive, (1 - y[j]) * negative);
        float slope = g[j];
        v[j] *= counts;
        g[j] = slope * counts;
      }
    }

    private static void multiply(
        float[] y, float[] positive, float[] negative, float[] v, float[] g, int n) {
      for (int j = 0; j < n; j++) {
        float counts = Math.fma(y[j], positive[j], (1 - y[j]) * negative[j]);
        float slope = g[j];
        v[j] *= counts;
        g[j] = slope * counts;
      }
    }
  }
}
