package org.perdita.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * The weights of a batch's units, checked and counted.
 *
 * @param buffer the weights, or null when each unit counts 1
 * @param units how many units there are
 * @param counted how many have a weight other than 0
 * @param sum Σ w over the units
 */
public record UnitWeights(@Nullable FloatBuffer buffer, int units, long counted, double sum) {

  /** Checks {@code weights} against {@code shape}, and counts them. */
  public static UnitWeights of(Object who, @Nullable Tensor weights, int... shape) {
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
              int to = (int) Math.min(units, from + (long) Chunks.ELEMENTS);
              Tile tile = Tile.own();
              float[] w = tile.w;
              float[] counts = tile.t[0];
              float[] bad = tile.t[1];
              Arrays.fill(counts, 0);
              Arrays.fill(bad, 0);
              tile.sum.reset();
              int n;
              for (int at = from; at < to; at += n) {
                n = Math.min(Tile.SIZE, to - at);
                buffer.get(at, w, 0, n);
                count(w, counts, bad, n);
                tile.sum.add(w, n);
              }
              double some = 0;
              for (int j = 0; j < Tile.SIZE; j++) {
                some += counts[j];
                if (bad[j] != 0) {
                  throw firstBad(who, buffer, from, to, shape);
                }
              }
              counted[chunk] = (long) some;
              return tile.sum.total();
            });
    return new UnitWeights(buffer, units, Arrays.stream(counted).sum(), sum);
  }

  /** Counts what is above 0; {@code bad} leaves 0 at what is negative, infinite or no number. */
  private static void count(float[] w, float[] counts, float[] bad, int n) {
    for (int j = 0; j < n; j++) {
      counts[j] += Math.min(w[j] * 0x1p126f * 0x1p126f, 1);
      bad[j] += Math.abs(w[j]) - w[j];
    }
  }

  private static IllegalArgumentException firstBad(
      Object who, FloatBuffer buffer, int from, int to, int... shape) {
    int at = from;
    while (at < to - 1 && buffer.get(at) >= 0 && buffer.get(at) < Float.POSITIVE_INFINITY) {
      at++;
    }
    return Check.entry(who, "weights", at, shape, buffer.get(at), "a finite number of 0 or more");
  }

  /** What the sum of the weighted losses is multiplied by. */
  public double factor(Reduction reduction) {
    return reduction.factor(counted, sum);
  }
}
