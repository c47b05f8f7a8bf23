package org.perdita.internal;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Target;
import org.perdita.Tensor;

/**
 * Reads predictions {@code [n, c, d1, …]} as probabilities, a tile of positions at a time, and
 * takes slopes with respect to probabilities back to predictions.
 *
 * <p>The classes of large inputs lie far apart in memory, and a processor that fetches a piece here
 * and a piece there gets a third of what it gets from one place. So where nothing ties the classes
 * together they are walked one after the other; where something does, a chunk is called in first,
 * class by class.
 *
 * <p>Targets are labels {@code [n, d1, …]}, or a tensor shaped like the prediction. Under softmax a
 * label is a class; otherwise label c means none of the classes. A position of weight 0 is never
 * read.
 */
final class Positions {
  private static final float SLACK = 1e-3f;

  /** What p² − p may be, so that none is refused for that whom {@link #SLACK} lets pass. */
  private static final float SLACK_OF_SQUARE = 1.002e-3f;

  /** Floats a cache line. */
  private static final int LINE = 16;

  private final Object who;
  private final FloatBuffer prediction;
  private final @Nullable IntBuffer labels;
  private final @Nullable FloatBuffer target;
  private final @Nullable FloatBuffer weights;
  private final boolean shares;
  private final boolean[] selected;

  /** How predictions become probabilities. */
  final PositionActivation activation;

  /** The prediction's shape. */
  final int[] shape;

  final int samples;
  final int classes;

  /** Positions a sample. */
  final int inner;

  /** How many positions a chunk takes. */
  private final int perChunk;

  private final int chunksPerSample;

  /**
   * @param weights of the positions, checked; null when each counts 1
   * @param selected which classes the loss is about
   * @param shares whether dense targets must lie in [0, 1]; else they must be finite
   */
  Positions(
      Object who,
      Activation activation,
      Batch batch,
      @Nullable FloatBuffer weights,
      boolean[] selected,
      boolean shares) {
    this.who = who;
    this.weights = weights;
    this.selected = selected;
    this.shares = shares;
    Tensor x = batch.prediction();
    this.shape = x.shape();
    this.samples = shape[0];
    this.classes = shape[1];
    this.activation = new PositionActivation(activation, classes, selected);
    this.inner = samples == 0 ? 0 : x.size() / samples / classes;
    this.prediction = x.buffer();
    Target y = batch.target();
    if (y instanceof Labels l) {
      String model = "one label a position of the prediction";
      Check.shape(who, "target", l.shape(), model, x, Rows.withoutClassAxis(shape));
      this.labels = l.buffer();
      this.target = null;
    } else {
      Tensor dense = (Tensor) y;
      Check.shape(who, "target", dense.shape(), "prediction", shape);
      this.labels = null;
      this.target = dense.buffer();
    }
    this.perChunk = Math.max(1, Chunks.ELEMENTS / classes / PositionTile.SIZE) * PositionTile.SIZE;
    this.chunksPerSample = Chunks.cover(inner, perChunk);
  }

  /** Refuses predictions without a class axis, and one class under softmax. */
  static void check(Object who, Activation activation, Tensor x) {
    Check.that(
        x.rank() >= 2 && x.length(1) >= 1,
        who,
        "prediction",
        x,
        "of shape [n, c] or [n, c, d1, …] with at least one class");
    Check.that(
        activation != Activation.SOFTMAX || x.length(1) >= 2,
        who,
        "number of classes under softmax",
        x.length(1),
        "at least 2");
  }

  int chunks() {
    return samples * chunksPerSample;
  }

  int sample(int chunk) {
    return chunk / chunksPerSample;
  }

  /**
   * What is done with a tile of {@code n} positions, the first of which is {@code at}; classes
   * {@code tile.from} … {@code tile.to} − 1 are there.
   */
  interface Visit {
    void tile(PositionTile tile, int sample, int at, int n);
  }

  /**
   * Visits the tiles of a chunk, with targets and weights loaded: all classes of some positions at
   * a time, or one class after the other.
   *
   * @param predictions whether predictions are loaded too
   * @param first whether what is loaded is checked
   */
  void walk(int chunk, boolean predictions, boolean first, Visit visit) {
    if (activation.kind() == Activation.SOFTMAX || labels != null) {
      walkTogether(chunk, predictions, first, visit);
      return;
    }
    PositionTile tile = begin();
    for (int k = 0; k < classes; k++) {
      walk(tile, chunk, k, k + 1, predictions, first, visit);
    }
    end(tile, chunk);
  }

  /** The same, always with all classes of some positions at a time. */
  void walkTogether(int chunk, boolean predictions, boolean first, Visit visit) {
    PositionTile tile = begin();
    for (int k = 0; k < classes; k++) {
      if (predictions && read(k)) {
        callIn(tile, prediction, chunk, k);
      }
      if (target != null && selected[k]) {
        callIn(tile, target, chunk, k);
      }
    }
    walk(tile, chunk, 0, classes, predictions, first, visit);
    end(tile, chunk);
  }

  private PositionTile begin() {
    PositionTile tile = PositionTile.own(classes);
    Arrays.fill(tile.bad, 0);
    return tile;
  }

  private void walk(
      PositionTile tile,
      int chunk,
      int fromClass,
      int toClass,
      boolean predictions,
      boolean first,
      Visit visit) {
    tile.from = fromClass;
    tile.to = toClass;
    int sample = sample(chunk);
    int to = to(chunk);
    int n;
    for (int at = from(chunk); at < to; at += n) {
      n = Math.min(PositionTile.SIZE, to - at);
      load(tile, sample, at, n, predictions, first);
      visit.tile(tile, sample, at, n);
    }
  }

  private void end(PositionTile tile, int chunk) {
    for (float bad : tile.bad) {
      if (bad != 0) {
        throw firstBad(sample(chunk), from(chunk), to(chunk));
      }
    }
  }

  private int from(int chunk) {
    return chunk % chunksPerSample * perChunk;
  }

  private int to(int chunk) {
    return Math.min(inner, from(chunk) + perChunk);
  }

  /** Reads a number of each cache line of a class's part of a chunk, so that it is near. */
  void callIn(PositionTile tile, FloatBuffer data, int chunk, int k) {
    int to = index(sample(chunk), k, to(chunk));
    float sum = 0;
    for (int i = index(sample(chunk), k, from(chunk)); i < to; i += LINE) {
      sum += data.get(i);
    }
    tile.calledIn = sum;
  }

  /**
   * Whether the gradient may be written class after class: probabilities come as they are, and
   * nothing else belongs to all classes of a position. For few positions it is not worth it.
   */
  boolean apart() {
    return activation.kind() == Activation.NONE
        && target != null
        && weights == null
        && inner >= PositionTile.SIZE;
  }

  /** A class's part of a chunk of {@link #apart} positions. */
  LinearGradient gradient(int chunk, int k, FloatBuffer gradient) {
    return new LinearGradient(
        Objects.requireNonNull(target),
        prediction,
        gradient,
        index(sample(chunk), k, from(chunk)),
        index(sample(chunk), k, to(chunk)));
  }

  /** What is done with a stretch of {@code n} positions, nothing of which is loaded. */
  interface Stretch {
    void of(int sample, int at, int n);
  }

  /** Visits the stretches of a chunk. */
  void extent(int chunk, Stretch visit) {
    int to = to(chunk);
    for (int at = from(chunk); at < to; at += PositionTile.SIZE) {
      visit.of(sample(chunk), at, Math.min(PositionTile.SIZE, to - at));
    }
  }

  /** Where class {@code k} of a sample's position {@code at} lies. */
  int index(int sample, int k, int at) {
    return (sample * classes + k) * inner + at;
  }

  /** Whether class {@code k}'s prediction matters to the loss. */
  boolean read(int k) {
    return activation.kind() == Activation.SOFTMAX || selected[k];
  }

  private void load(
      PositionTile tile, int sample, int at, int n, boolean predictions, boolean first) {
    for (int k = tile.from; k < tile.to; k++) {
      if (predictions && read(k)) {
        float[] to = activation.kind() == Activation.NONE ? tile.p[k] : tile.x[k];
        TileMath.get(prediction, index(sample, k, at), to, n);
      }
      FloatBuffer dense = target;
      if (dense != null && selected[k]) {
        TileMath.get(dense, index(sample, k, at), tile.y[k], n);
      }
    }
    FloatBuffer w = weights;
    if (w != null) {
      w.get(sample * inner + at, tile.w, 0, n);
    }
    IntBuffer l = labels;
    if (l != null) {
      l.get(sample * inner + at, tile.label, 0, n);
      oneHot(tile, sample, at, n);
    }
    if (w != null) {
      for (int j = 0; j < n; j++) {
        if (tile.w[j] == 0) {
          hide(tile, j);
        }
      }
    }
    boolean probable = activation.kind() == Activation.NONE && predictions;
    for (int k = tile.from; k < tile.to && first; k++) {
      if (selected[k] && (probable || l == null)) {
        check(tile.y[k], probable ? tile.p[k] : null, tile.bad, n);
      }
    }
  }

  private static void hide(PositionTile tile, int j) {
    for (int k = tile.from; k < tile.to; k++) {
      tile.x[k][j] = 0;
      tile.y[k][j] = 0;
      tile.p[k][j] = 0;
    }
  }

  private void oneHot(PositionTile tile, int sample, int at, int n) {
    int last = activation.kind() == Activation.SOFTMAX ? classes - 1 : classes;
    for (int k = 0; k < classes; k++) {
      Arrays.fill(tile.y[k], 0, n, 0);
    }
    for (int j = 0; j < n; j++) {
      int label = tile.label[j];
      if (label >= 0 && label < classes) {
        tile.y[label][j] = 1;
      } else if (label != last && (weights == null || tile.w[j] != 0)) {
        throw Check.entry(
            who,
            "target",
            sample * inner + at + j,
            Rows.withoutClassAxis(shape),
            label,
            "a class in 0 … " + last);
      }
    }
  }

  /** Leaves lanes at 0 whose targets and, if they are there, probabilities are allowed. */
  private void check(float[] y, float @Nullable [] p, float[] bad, int n) {
    if (shares && p != null) {
      outside(y, p, bad, n);
    } else if (shares) {
      outside(y, bad, n);
    } else {
      infinite(y, bad, n);
      if (p != null) {
        improbable(p, bad, n);
      }
    }
  }

  /** y (1 − y) is negative outside [0, 1]; not a number stays there. */
  private static void outside(float[] y, float[] bad, int n) {
    for (int j = 0; j < n; j++) {
      float inside = y[j] * (1 - y[j]);
      bad[j] += Math.abs(inside) - inside;
    }
  }

  /** The same for two; C2 leaves it scalar where it is written with products as above. */
  private static void outside(float[] y, float[] p, float[] bad, int n) {
    for (int j = 0; j < n; j++) {
      float offP = Math.fma(p[j], p[j], -p[j]) - SLACK_OF_SQUARE;
      float offY = Math.fma(y[j], y[j], -y[j]);
      bad[j] += (offP + Math.abs(offP)) + (offY + Math.abs(offY));
    }
  }

  private static void improbable(float[] p, float[] bad, int n) {
    for (int j = 0; j < n; j++) {
      float near = (p[j] + SLACK) * (1 + SLACK - p[j]);
      bad[j] += Math.abs(near) - near;
    }
  }

  /** 0 y is not a number where y is not finite. */
  private static void infinite(float[] y, float[] bad, int n) {
    for (int j = 0; j < n; j++) {
      bad[j] += y[j] * 0;
    }
  }

  private IllegalArgumentException firstBad(int sample, int from, int to) {
    FloatBuffer dense = target;
    for (int k = 0; k < classes; k++) {
      for (int at = from; selected[k] && at < to; at++) {
        int i = index(sample, k, at);
        boolean counts = weights == null || weights.get(sample * inner + at) != 0;
        if (counts && dense != null && !allowed(dense.get(i))) {
          String what = shares ? "in [0, 1]" : "finite";
          return Check.entry(who, "target", i, shape, dense.get(i), what);
        }
        float p = prediction.get(i);
        boolean near = (p + SLACK) * (1 + SLACK - p) >= 0;
        if (counts && activation.kind() == Activation.NONE && !near) {
          return Check.entry(who, "prediction", i, shape, p, "a probability");
        }
      }
    }
    throw new IllegalStateException(who + ": lanes found what a search does not");
  }

  private boolean allowed(float target) {
    return shares ? target >= 0 && target <= 1 : Float.isFinite(target);
  }

  /** Writes the tile's slopes to {@code gradient}; for classes that do not matter, zeros. */
  void store(PositionTile tile, float[][] from, int sample, int at, int n, FloatBuffer gradient) {
    for (int k = tile.from; k < tile.to; k++) {
      if (!read(k)) {
        Arrays.fill(from[k], 0, n, 0);
      }
      TileMath.put(from[k], gradient, index(sample, k, at), n);
    }
  }

  boolean softmax() {
    return activation.kind() == Activation.SOFTMAX;
  }

  boolean sigmoid() {
    return activation.kind() == Activation.SIGMOID;
  }

  boolean weighted() {
    return weights != null;
  }
}
