package org.perdita.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * The weights of a batch's units, checked and counted.
 *
 * <p>Weights may be coarser than the units: one weight then stands for {@code run} consecutive
 * units, as when each anchor's label carries one weight for all of its classes.
 *
 * @param buffer the weights, or null when each unit counts 1
 * @param units how many units there are
 * @param counted how many have a weight other than 0
 * @param sum Σ w over the units
 */
record UnitWeights(@Nullable FloatBuffer buffer, int units, long counted, double sum) {

  /** Checks {@code weights} against {@code shape}, and counts them. */
  static UnitWeights of(Object who, @Nullable Tensor weights, int... shape) {
    int units = Shapes.size(who, shape);
    if (weights == null) {
      return new UnitWeights(null, units, units, units);
    }
    if (!Arrays.equals(weights.shape(), shape)) {
      throw Check.refusal(
          String.format(
              "%s: weights have shape %s, the units have shape %s",
              who, Arrays.toString(weights.shape()), Arrays.toString(shape)));
    }
    FloatBuffer buffer = weights.buffer();
    int chunks = Chunks.cover(units, Chunks.ELEMENTS);
    long[] counted = new long[chunks];
    double sum =
        Chunks.sum(
            chunks,
            chunk -> {
              int from = chunk * Chunks.ELEMENTS;
              int to = Math.min(units, from + Chunks.ELEMENTS);
              double part = 0;
              long some = 0;
              for (int i = from; i < to; i++) {
                float w = buffer.get(i);
                if (!(w >= 0 && w < Float.POSITIVE_INFINITY)) {
                  throw Check.entry(who, "weights", i, shape, w, "a finite number of 0 or more");
                }
                part += w;
                some += w > 0 ? 1 : 0;
              }
              counted[chunk] = some;
              return part;
            });
    return new UnitWeights(buffer, units, Arrays.stream(counted).sum(), sum);
  }

  /** What the sum of the weighted losses is multiplied by. */
  double factor(Reduction reduction) {
    return reduction.factor(counted, sum);
  }
}
