package org.perdita.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Walks the regions of a batch for losses that are formulas in a few sums over a region: once for
 * the sums, and once more for the gradient, which is linear in target and probability.
 *
 * <p>A group is a sample, or the whole batch when samples are pooled. Weights shaped like the units
 * {@code [n, units, 1, …]} weigh regions; weights shaped like the positions {@code [n, d1, …]}
 * weigh positions inside the sums.
 */
public final class Regions {
  private static final int SUMS = 3;

  private final Object who;
  private final RegionFormula formula;
  private final Positions positions;
  private final int[] classes;
  private final boolean pooled;
  private final int groups;
  private final int units;
  private final double[] unitWeights;

  /**
   * @param classes the classes that are looked at, ascending; none given means all
   * @param pooled whether the samples of the batch make one group
   */
  public Regions(
      Object who,
      RegionFormula formula,
      Activation activation,
      int[] classes,
      boolean pooled,
      Batch batch) {
    this.who = who;
    this.formula = formula;
    this.pooled = pooled;
    Tensor x = batch.prediction();
    Positions.check(who, activation, x);
    boolean[] selected = selected(who, classes, x.length(1));
    this.classes = indices(selected);
    this.groups = pooled ? Math.min(1, x.length(0)) : x.length(0);
    this.units = formula.units(this.classes.length);
    int[] unitShape = unitShape(x);
    Tensor weights = batch.weights();
    boolean ofUnits = weights == null || weights.rank() == x.rank();
    UnitWeights checked =
        UnitWeights.of(who, weights, ofUnits ? unitShape : Rows.withoutClassAxis(x.shape()));
    this.unitWeights = new double[groups * units];
    Arrays.fill(unitWeights, 1);
    FloatBuffer w = checked.buffer();
    if (w != null && ofUnits) {
      for (int i = 0; i < unitWeights.length; i++) {
        unitWeights[i] = w.get(i);
      }
    }
    FloatBuffer ofPositions = ofUnits ? null : w;
    this.positions = new Positions(who, activation, batch, ofPositions, selected, true);
  }

  /** Which of {@code count} classes are meant. */
  static boolean[] selected(Object who, int[] classes, int count) {
    boolean[] selected = new boolean[count];
    Arrays.fill(selected, classes.length == 0);
    for (int k : classes) {
      Check.that(k < count, who, "selected class", k, "one of 0 … " + (count - 1));
      selected[k] = true;
    }
    return selected;
  }

  private static int[] indices(boolean[] selected) {
    int[] indices = new int[selected.length];
    int n = 0;
    for (int k = 0; k < selected.length; k++) {
      if (selected[k]) {
        indices[n++] = k;
      }
    }
    return Arrays.copyOf(indices, n);
  }

  private int[] unitShape(Tensor x) {
    int[] shape = new int[x.rank()];
    Arrays.fill(shape, 1);
    shape[0] = groups;
    shape[1] = units;
    return shape;
  }

  /** The reduced value; the gradient too, unless it is null. */
  public double evaluate(Reduction reduction, @Nullable Tensor gradient) {
    FloatBuffer out = null;
    if (gradient != null) {
      Check.shape(who, "gradient", gradient.shape(), "prediction", positions.shape);
      out = gradient.buffer();
    }
    double[] sums = sums(out);
    RegionFormula.Group[] found = evaluate(sums);
    long counted = 0;
    double weight = 0;
    for (int i = 0; i < unitWeights.length; i++) {
      if (counts(found, sums, i)) {
        counted++;
        weight += unitWeights[i];
      }
    }
    double factor = counted == 0 ? 0 : reduction.factor(counted, weight);
    double value = 0;
    for (int i = 0; i < unitWeights.length; i++) {
      if (counts(found, sums, i)) {
        value += unitWeights[i] * found[i / units].value[i % units];
      }
    }
    if (out != null) {
      slopes(found, sums, factor, out);
    }
    return factor == 0 ? 0 : factor * value;
  }

  /** The weighted loss of each unit. */
  public Tensor values(Tensor prediction) {
    double[] sums = sums(null);
    RegionFormula.Group[] found = evaluate(sums);
    Tensor values = Tensor.zeros(unitShape(prediction));
    for (int i = 0; i < unitWeights.length; i++) {
      if (counts(found, sums, i)) {
        double value = unitWeights[i] * found[i / units].value[i % units];
        values.buffer().put(i, (float) Math.min(value, Float.MAX_VALUE));
      }
    }
    return values;
  }

  private boolean counts(RegionFormula.Group[] found, double[] sums, int unit) {
    int group = unit / units;
    return unitWeights[unit] > 0
        && !found[group].leftOut[unit % units]
        && (!positions.weighted() || mass(sums, group) > 0);
  }

  /** What stands behind the group's sums: Σ w. */
  private double mass(double[] sums, int group) {
    return sums[(group + 1) * stride() - 1];
  }

  private int stride() {
    return SUMS * classes.length + 1;
  }

  private int group(int sample) {
    return pooled ? 0 : sample;
  }

  /** Whether some unit that sample takes part in has a weight. */
  private boolean wanted(int sample) {
    int from = group(sample) * units;
    for (int u = from; u < from + units; u++) {
      if (unitWeights[u] > 0) {
        return true;
      }
    }
    return false;
  }

  /** The sums of each group; under softmax, the probabilities are left in {@code gradient}. */
  private double[] sums(@Nullable FloatBuffer gradient) {
    int stride = stride();
    double[] perChunk = new double[positions.chunks() * stride];
    Chunks.sum(
        positions.chunks(),
        chunk -> {
          if (wanted(positions.sample(chunk))) {
            RegionLanes lanes = RegionLanes.own(classes.length);
            positions.walk(
                chunk,
                true,
                true,
                (tile, sample, at, n) -> {
                  positions.activation.probabilities(tile, n);
                  if (gradient != null && positions.softmax()) {
                    positions.store(tile, tile.p, sample, at, n, gradient);
                  }
                  lanes.add(tile, classes, formula.squares(), positions.weighted(), n);
                });
            lanes.drainTo(perChunk, chunk * stride);
          }
          return 0;
        });
    double[] sums = new double[groups * stride];
    for (int chunk = 0; chunk < positions.chunks(); chunk++) {
      int to = group(positions.sample(chunk)) * stride;
      for (int i = 0; i < stride; i++) {
        sums[to + i] += perChunk[chunk * stride + i];
      }
    }
    return sums;
  }

  private RegionFormula.Group[] evaluate(double[] sums) {
    int k = classes.length;
    RegionFormula.Group[] found = new RegionFormula.Group[groups];
    for (int g = 0; g < groups; g++) {
      RegionFormula.Group group = new RegionFormula.Group(k, units);
      System.arraycopy(sums, g * stride(), group.both, 0, k);
      System.arraycopy(sums, g * stride() + k, group.predicted, 0, k);
      System.arraycopy(sums, g * stride() + 2 * k, group.target, 0, k);
      formula.evaluate(group);
      found[g] = group;
    }
    return found;
  }

  /** The second walk: d value / d p = w (bySlope y + predictedSlope), or 2 p times the latter. */
  private void slopes(
      RegionFormula.Group[] found, double[] sums, double factor, FloatBuffer gradient) {
    boolean squares = formula.squares();
    Chunks.sum(
        positions.chunks(),
        chunk -> {
          int g = group(positions.sample(chunk));
          float[] a = new float[classes.length];
          float[] b = new float[classes.length];
          for (int i = 0; i < classes.length; i++) {
            int unit = g * units + Math.min(i, units - 1);
            double scale = counts(found, sums, unit) ? factor * unitWeights[unit] : 0;
            a[i] = scaled(scale, found[g].bySlope[i]);
            b[i] = scaled(scale, found[g].predictedSlope[i]) * (squares ? 2 : 1);
          }
          boolean wanted = wanted(positions.sample(chunk));
          if (!wanted) {
            zero(chunk, gradient);
          } else if (positions.apart()) {
            slopesApart(chunk, a, b, squares, gradient);
          } else {
            if (positions.softmax()) {
              PositionTile tile = PositionTile.own(positions.classes);
              for (int k = 0; k < positions.classes; k++) {
                positions.callIn(tile, gradient, chunk, k);
              }
            }
            boolean predictions = positions.sigmoid() || (squares && !positions.softmax());
            positions.walk(
                chunk,
                predictions,
                false,
                (tile, sample, at, n) -> {
                  probabilities(tile, sample, at, n, gradient, squares);
                  slopes(tile, a, b, squares, n);
                  positions.activation.back(tile, n);
                  positions.store(tile, tile.d, sample, at, n, gradient);
                });
          }
          return 0;
        });
  }

  private void slopesApart(int chunk, float[] a, float[] b, boolean squares, FloatBuffer gradient) {
    int i = 0;
    for (int k = 0; k < positions.classes; k++) {
      LinearGradient part = positions.gradient(chunk, k, gradient);
      if (i == classes.length || classes[i] != k) {
        part.zero();
      } else if (squares) {
        part.writeTimesP(a[i], b[i++]);
      } else {
        part.write(a[i], b[i++]);
      }
    }
  }

  private void zero(int chunk, FloatBuffer gradient) {
    PositionTile tile = PositionTile.own(positions.classes);
    tile.from = 0;
    tile.to = positions.classes;
    positions.extent(
        chunk,
        (sample, at, n) -> {
          for (int k = 0; k < positions.classes; k++) {
            TileMath.fill(tile.d[k], 0, n);
          }
          positions.store(tile, tile.d, sample, at, n, gradient);
        });
  }

  private void probabilities(
      PositionTile tile, int sample, int at, int n, FloatBuffer gradient, boolean squares) {
    if (positions.softmax()) {
      for (int k = 0; k < positions.classes; k++) {
        TileMath.get(gradient, positions.index(sample, k, at), tile.p[k], n);
      }
    } else if (squares) {
      positions.activation.probabilities(tile, n);
    }
  }

  private void slopes(PositionTile tile, float[] a, float[] b, boolean squares, int n) {
    if (positions.softmax()) {
      for (int k = 0; k < positions.classes; k++) {
        Arrays.fill(tile.d[k], 0, n, 0);
      }
    }
    for (int i = 0; i < classes.length; i++) {
      int k = classes[i];
      if (!tile.has(k)) {
        continue;
      }
      if (squares) {
        LinearGradient.linear(tile.y[k], tile.p[k], a[i], b[i], tile.d[k], 0, n);
      } else {
        LinearGradient.linear(tile.y[k], a[i], b[i], tile.d[k], 0, n);
      }
      if (positions.weighted()) {
        weigh(tile.d[k], tile.w, n);
      }
    }
  }

  private static void weigh(float[] d, float[] w, int n) {
    for (int j = 0; j < n; j++) {
      d[j] *= w[j];
    }
  }

  private static float scaled(double scale, double slope) {
    double d = scale == 0 ? 0 : scale * slope;
    return (float) Math.max(-Float.MAX_VALUE, Math.min(d, Float.MAX_VALUE));
  }
}
