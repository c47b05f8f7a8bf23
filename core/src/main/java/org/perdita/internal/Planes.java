package org.perdita.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Walks the planes of a batch {@code [n, c, h, w]} for losses that look at neighbouring pixels; a
 * unit is a plane. Weights are one a unit {@code [n, c, 1, 1]}, or one a pixel {@code [n, h, w]}.
 */
public final class Planes {
  private final Object who;
  private final PlaneFormula formula;
  private final Activation activation;
  private final int[] shape;
  private final int planes;
  private final int area;
  private final int targets;
  private final FloatBuffer prediction;
  private final FloatBuffer target;
  private final float lowest;
  private final float highest;
  private final double[] unitWeights;
  private final @Nullable FloatBuffer pixelWeights;

  /**
   * @param targetPlanes how many planes of target each plane of prediction has
   * @param lowest the least that a target may be
   * @param highest the most
   */
  public Planes(
      Object who,
      PlaneFormula formula,
      Activation activation,
      int targetPlanes,
      float lowest,
      float highest,
      Batch batch) {
    this.who = who;
    this.formula = formula;
    this.activation = activation;
    this.targets = targetPlanes;
    this.lowest = lowest;
    this.highest = highest;
    Tensor x = batch.prediction();
    Check.that(activation != Activation.SOFTMAX, who, "activation", activation, "SIGMOID or NONE");
    int least = formula.leastSide();
    Check.that(
        x.rank() == 4 && x.length(2) >= least && x.length(3) >= least,
        who,
        "prediction",
        x,
        "of shape [n, c, h, w] with sides of at least " + least);
    Check.that(
        batch.target() instanceof Tensor, who, "target", batch.target(), "a tensor of images");
    Tensor y = (Tensor) batch.target();
    int[] wanted = x.shape();
    wanted[1] *= targetPlanes;
    Check.shape(who, "target", y.shape(), "what the prediction " + x + " asks for", wanted);
    this.shape = x.shape();
    this.planes = shape[0] * shape[1];
    this.area = shape[2] * shape[3];
    this.prediction = x.buffer();
    this.target = y.buffer();
    Tensor weights = batch.weights();
    boolean ofUnits = weights == null || weights.rank() == 4;
    int[] weightShape =
        ofUnits ? new int[] {shape[0], shape[1], 1, 1} : new int[] {shape[0], shape[2], shape[3]};
    FloatBuffer w = UnitWeights.of(who, weights, weightShape).buffer();
    this.unitWeights = new double[planes];
    Arrays.fill(unitWeights, 1);
    for (int i = 0; i < planes && ofUnits && w != null; i++) {
      unitWeights[i] = w.get(i);
    }
    this.pixelWeights = ofUnits ? null : w;
  }

  /** The reduced value; the gradient too, unless it is null. */
  public double evaluate(Reduction reduction, @Nullable Tensor gradient) {
    FloatBuffer out = null;
    if (gradient != null) {
      Check.shape(who, "gradient", gradient.shape(), "prediction", shape);
      out = gradient.buffer();
    }
    Found found = walk(out);
    long counted = 0;
    double weight = 0;
    double sum = 0;
    for (int i = 0; i < planes; i++) {
      if (found.counted[i]) {
        counted++;
        weight += unitWeights[i];
        sum += unitWeights[i] * found.value[i];
      }
    }
    double factor = counted == 0 ? 0 : reduction.factor(counted, weight);
    if (out != null && factor != 1) {
      scale(out, (float) Math.min(factor, Float.MAX_VALUE));
    }
    return counted == 0 ? 0 : factor * sum;
  }

  /** The weighted loss of each plane. */
  public Tensor values() {
    Found found = walk(null);
    Tensor values = Tensor.zeros(shape[0], shape[1], 1, 1);
    for (int i = 0; i < planes; i++) {
      if (found.counted[i]) {
        double value = unitWeights[i] * found.value[i];
        values.buffer().put(i, (float) Math.min(value, Float.MAX_VALUE));
      }
    }
    return values;
  }

  /** What was found for each plane. */
  private static final class Found {
    final double[] value;
    final boolean[] counted;

    Found(int planes) {
      value = new double[planes];
      counted = new boolean[planes];
    }
  }

  /** Evaluates each plane, with weighted gradients into {@code out}. */
  private Found walk(@Nullable FloatBuffer out) {
    Found found = new Found(planes);
    Chunks.sum(
        planes,
        i -> {
          PlaneFormula.Plane plane = new PlaneFormula.Plane(shape[2], shape[3], targets);
          if (unitWeights[i] > 0) {
            load(plane, i);
            plane.counted = true;
            found.value[i] = formula.evaluate(plane, out != null);
            found.counted[i] = plane.counted;
          }
          if (out != null) {
            if (unitWeights[i] > 0) {
              back(plane, i, (float) Math.min(unitWeights[i], Float.MAX_VALUE));
            }
            out.put(i * area, plane.slope);
          }
          return 0;
        });
    return found;
  }

  private void load(PlaneFormula.Plane plane, int i) {
    float[] p = plane.p;
    prediction.get(i * area, p);
    target.get(i * area * targets, plane.target);
    FloatBuffer w = pixelWeights;
    if (w == null) {
      Arrays.fill(plane.weight, 1);
    } else {
      w.get(i / shape[1] * area, plane.weight);
      if (formula.hidesIgnored()) {
        hide(plane);
      }
    }
    for (int j = 0; j < plane.target.length; j++) {
      if (!(plane.target[j] >= lowest && plane.target[j] <= highest)) {
        int[] of = shape.clone();
        of[1] *= targets;
        String what = highest == 1 ? "in [0, 1]" : "finite";
        throw Check.entry(who, "target", i * area * targets + j, of, plane.target[j], what);
      }
    }
    if (activation == Activation.SIGMOID) {
      Tile tile = Tile.own();
      for (int at = 0; at < area; at += Tile.SIZE) {
        int n = Math.min(Tile.SIZE, area - at);
        System.arraycopy(p, at, tile.x, 0, n);
        TileMath.expOfMinusAbs(tile.x, tile.t[0], tile.t[1], n);
        PositionActivation.sigmoid(tile.x, tile.v, tile.t[0], tile.t[1], n);
        System.arraycopy(tile.v, 0, p, at, n);
      }
    }
  }

  private void hide(PlaneFormula.Plane plane) {
    for (int j = 0; j < area; j++) {
      if (plane.weight[j] == 0) {
        plane.p[j] = 0;
        for (int t = 0; t < targets; t++) {
          plane.target[t * area + j] = 0;
        }
      }
    }
  }

  /** Turns the plane's slopes with respect to probabilities into those of the prediction. */
  private void back(PlaneFormula.Plane plane, int i, float weight) {
    float[] slope = plane.slope;
    Tile tile = Tile.own();
    for (int at = 0; at < area; at += Tile.SIZE) {
      int n = Math.min(Tile.SIZE, area - at);
      System.arraycopy(slope, at, tile.g, 0, n);
      if (activation == Activation.SIGMOID) {
        prediction.get(i * area + at, tile.x, 0, n);
        TileMath.expOfMinusAbs(tile.x, tile.t[0], tile.t[1], n);
        PositionActivation.timesSlope(tile.g, tile.t[0], tile.t[1], n);
      }
      for (int j = 0; j < n; j++) {
        tile.g[j] *= weight;
      }
      System.arraycopy(tile.g, 0, slope, at, n);
    }
    if (formula.hidesIgnored() && pixelWeights != null) {
      for (int j = 0; j < area; j++) {
        slope[j] = plane.weight[j] == 0 ? 0 : slope[j];
      }
    }
  }

  private void scale(FloatBuffer gradient, float by) {
    Tile tile = Tile.own();
    for (int at = 0; at < planes * area; at += Tile.SIZE) {
      int n = Math.min(Tile.SIZE, planes * area - at);
      gradient.get(at, tile.g, 0, n);
      for (int j = 0; j < n; j++) {
        tile.g[j] *= by;
      }
      gradient.put(at, tile.g, 0, n);
    }
  }
}
