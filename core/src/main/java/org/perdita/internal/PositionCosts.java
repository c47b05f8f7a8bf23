package org.perdita.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Walks the positions of a batch for a loss that is linear in the probabilities: each class has a
 * price at each position, and a position costs the mean over the classes of probability times
 * price.
 */
public final class PositionCosts {
  private final Object who;
  private final boolean fromCheapest;
  private final Positions positions;
  private final boolean[] selected;
  private final float share;
  private final UnitWeights weights;

  /**
   * @param classes the classes that are looked at; none given means all
   * @param fromCheapest whether a position's cost is counted from its least: each class at
   *     probability 1 where its price is below 0, else at 0
   */
  public PositionCosts(
      Object who, Activation activation, int[] classes, boolean fromCheapest, Batch batch) {
    this.who = who;
    this.fromCheapest = fromCheapest;
    Tensor x = batch.prediction();
    Positions.check(who, activation, x);
    Check.that(
        batch.target() instanceof Tensor,
        who,
        "target",
        batch.target(),
        "a tensor of distances shaped like the prediction");
    this.selected = Regions.selected(who, classes, x.length(1));
    int count = 0;
    for (boolean s : selected) {
      count += s ? 1 : 0;
    }
    this.share = 1f / count;
    this.weights = UnitWeights.of(who, batch.weights(), Rows.withoutClassAxis(x.shape()));
    this.positions = new Positions(who, activation, batch, weights.buffer(), selected, false);
  }

  /** The reduced value; the gradient too, unless it is null. */
  public double evaluate(Reduction reduction, @Nullable Tensor gradient) {
    double factor = weights.factor(reduction);
    if (gradient != null) {
      Check.shape(who, "gradient", gradient.shape(), "prediction", positions.shape);
    }
    return factor * sum(factor, gradient == null ? null : gradient.buffer(), null);
  }

  /** The weighted cost of each position. */
  public Tensor values() {
    Tensor values = Tensor.zeros(Rows.withoutClassAxis(positions.shape));
    sum(1, null, values.buffer());
    return values;
  }

  private double sum(double factor, @Nullable FloatBuffer gradient, @Nullable FloatBuffer values) {
    float by = (float) Math.min(factor * share, Float.MAX_VALUE);
    boolean apart = positions.apart() && values == null;
    return Chunks.sum(
        positions.chunks(),
        chunk -> {
          PositionTile own = PositionTile.own(positions.classes);
          own.sum.reset();
          Positions.Visit visit =
              (tile, sample, at, n) -> {
                positions.activation.probabilities(tile, n);
                costs(tile, n);
                tile.sum.add(tile.v, n);
                if (values != null) {
                  values.put(sample * positions.inner + at, tile.v, 0, n);
                }
                if (gradient != null && !apart) {
                  prices(tile, by, n);
                  positions.activation.back(tile, n);
                  positions.store(tile, tile.d, sample, at, n, gradient);
                }
              };
          if (values != null) {
            positions.walkTogether(chunk, true, true, visit);
          } else {
            positions.walk(chunk, true, true, visit);
          }
          for (int k = 0; k < positions.classes && apart && gradient != null; k++) {
            LinearGradient part = positions.gradient(chunk, k, gradient);
            if (selected[k]) {
              part.write(by, 0);
            } else {
              part.zero();
            }
          }
          return own.sum.total();
        });
  }

  private void costs(PositionTile tile, int n) {
    float[] v = tile.v;
    TileMath.fill(v, 0, n);
    for (int k = tile.from; k < tile.to; k++) {
      if (selected[k]) {
        if (fromCheapest) {
          addAboveCheapest(tile.p[k], tile.y[k], share, v, n);
        } else {
          add(tile.p[k], tile.y[k], share, v, n);
        }
      }
    }
    if (positions.weighted()) {
      for (int j = 0; j < n; j++) {
        float weighted = v[j] * tile.w[j];
        v[j] = Math.max(-Float.MAX_VALUE, Math.min(weighted, Float.MAX_VALUE));
      }
    }
  }

  private static void add(float[] p, float[] price, float share, float[] v, int n) {
    for (int j = 0; j < n; j++) {
      v[j] = Math.fma(p[j] * share, price[j], v[j]);
    }
  }

  /** p φ − min(φ, 0), as p max(φ, 0) + (1 − p) max(−φ, 0). */
  private static void addAboveCheapest(float[] p, float[] price, float share, float[] v, int n) {
    for (int j = 0; j < n; j++) {
      float dear = Math.max(price[j], 0);
      float cheap = Math.max(-price[j], 0);
      v[j] = Math.fma(p[j] * share, dear, Math.fma((1 - p[j]) * share, cheap, v[j]));
    }
  }

  private void prices(PositionTile tile, float by, int n) {
    for (int k = tile.from; k < tile.to; k++) {
      if (!selected[k]) {
        Arrays.fill(tile.d[k], 0, n, 0);
      } else if (positions.weighted()) {
        weigh(tile.y[k], tile.w, by, tile.d[k], n);
      } else {
        scale(tile.y[k], by, tile.d[k], n);
      }
    }
  }

  private static void scale(float[] y, float by, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      d[j] = y[j] * by;
    }
  }

  private static void weigh(float[] y, float[] w, float by, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      d[j] = y[j] * (w[j] * by);
    }
  }
}
