package org.perdita.internal;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Runs losses whose unit is a sample: all that stands at one index of axis 0. Samples are shared
 * over the pool and added in their order.
 */
public final class PerSample {
  private PerSample() {}

  /** The loss of one sample. */
  public interface Kernel {
    /**
     * The loss of sample {@code sample}.
     *
     * @param by what to multiply the gradient by
     * @param gradient where by · d loss / d prediction goes, at the sample's own place; null if no
     *     gradient is wanted
     */
    double evaluate(int sample, double by, @Nullable FloatBuffer gradient);
  }

  /** The reduced value; the gradient too, unless it is null. */
  public static double evaluate(
      Object who, Batch batch, Reduction reduction, @Nullable Tensor gradient, Kernel kernel) {
    Tensor x = batch.prediction();
    if (gradient != null) {
      Check.shape(who, "gradient", gradient.shape(), "prediction", x.shape());
    }
    int samples = samples(who, x);
    UnitWeights weights = UnitWeights.of(who, batch.weights(), samples);
    double factor = weights.factor(reduction);
    FloatBuffer out = gradient == null ? null : gradient.buffer();
    return factor * sum(weights, factor, out, x.size() / Math.max(1, samples), kernel, null);
  }

  /** The weighted loss of each sample. */
  public static Tensor values(Object who, Batch batch, Kernel kernel) {
    Tensor x = batch.prediction();
    int samples = samples(who, x);
    float[] values = new float[samples];
    UnitWeights weights = UnitWeights.of(who, batch.weights(), samples);
    sum(weights, 1, null, x.size() / Math.max(1, samples), kernel, values);
    return Tensor.of(values, samples);
  }

  private static int samples(Object who, Tensor x) {
    Check.that(x.rank() > 0, who, "prediction", x, "of shape [n, …]");
    return x.length(0);
  }

  private static double sum(
      UnitWeights weights,
      double factor,
      @Nullable FloatBuffer gradient,
      int each,
      Kernel kernel,
      float @Nullable [] values) {
    FloatBuffer w = weights.buffer();
    return Chunks.sum(
        weights.units(),
        i -> {
          double weight = w == null ? 1 : w.get(i);
          double value = 0;
          if (weight != 0) {
            value = weight * kernel.evaluate(i, weight * factor, gradient);
          } else if (gradient != null) {
            gradient.slice(i * each, each).put(new float[each]);
          }
          if (values != null) {
            values[i] = saturated(value);
          }
          return value;
        });
  }

  /** The nearest finite float; what is no number stays so. */
  public static float saturated(double d) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(d, Float.MAX_VALUE));
  }
}
