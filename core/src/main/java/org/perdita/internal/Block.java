package org.perdita.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread's scratch for losses over the classes of a unit, in one of two lay-outs:
 *
 * <ul>
 *   <li><b>columns</b>: many units at once, class-major; tile k is class k, {@code x[k][j]} is
 *       class k of unit j. No pass needs a reduction along j.
 *   <li><b>row</b>: one unit of many classes, cut in tiles of 512; {@code x[t][j]} is class 512 t +
 *       j.
 * </ul>
 *
 * In both, every pass runs along j with all arrays at the same index. A pass that gathers over the
 * classes of a unit gathers in <em>lanes</em>, an array indexed by j as the tiles are: for columns
 * lane j is unit j already, for a row the lanes are folded into one at the end. So a pass over
 * {@link #tiles()} tiles of {@link #length} entries with lanes is written once for both.
 */
public final class Block {
  /** Units a block of columns, at most. */
  public static final int UNITS = 512;

  /** Classes a tile of a row. */
  public static final int CLASSES = 512;

  /** How many classes each unit has. */
  public int classes;

  /** Columns: how many units. Row: 1. */
  public int units;

  /** Predictions; a kernel may change them. */
  public float[][] x = new float[0][];

  /** Distributions, or null when the targets are labels; a kernel may change them. */
  public float @Nullable [][] y;

  /** Σ y of each unit: 1, or as near to it as the caller's distributions come. */
  public final float[] mass = new float[Math.max(UNITS, CLASSES)];

  /** Class indices, when the targets are labels. */
  public final int[] label = new int[UNITS];

  /** Out: d loss / d prediction, but for the factor {@link #gain}. */
  public float[][] g = new float[0][];

  /** Out: what the walker multiplies each unit's {@code g} by; 1 unless the kernel changes it. */
  public final float[] gain = new float[UNITS];

  /** Out: the loss of each unit. */
  public final float[] v = new float[UNITS];

  /** Room for a kernel's passes: arrays as long as the longer tile. */
  public final float[][] t = new float[16][Math.max(UNITS, CLASSES)];

  /** The same, for exponent bits. */
  public final int[] bits = new int[Math.max(UNITS, CLASSES)];

  /** What each unit counts; the walker's own. */
  final double[] weight = new double[UNITS];

  /** The walker's own lanes: weight times the reduction's factor, and the check of targets. */
  final float[] scale = new float[Math.max(UNITS, CLASSES)];

  final float[] worst = new float[Math.max(UNITS, CLASSES)];

  private final boolean row;
  private float[][][] predictions = new float[0][][];
  private float[][][] gradients = predictions;
  private float[][] targets = new float[0][];
  private float[] stage = new float[0];
  private double[] logits = new double[0];
  private double[] target = logits;
  private double[] result = logits;

  private Block(boolean row) {
    this.row = row;
  }

  private static final ThreadLocal<Block> COLUMNS = ThreadLocal.withInitial(() -> new Block(false));
  private static final ThreadLocal<Block> ROWS = ThreadLocal.withInitial(() -> new Block(true));

  /** This thread's block of columns for {@code classes} classes. */
  static Block columns(int classes, boolean distributions) {
    return COLUMNS.get().sized(classes, 1, classes, UNITS, distributions);
  }

  /** This thread's rows of {@code classes} classes, {@code rows} of them to turn to. */
  static Block rows(int classes, int rows, boolean distributions) {
    int tiles = Chunks.cover(classes, CLASSES);
    return ROWS.get().sized(classes, rows, tiles, CLASSES, distributions);
  }

  private Block sized(int classes, int rows, int tiles, int length, boolean distributions) {
    this.classes = classes;
    if (predictions.length < rows || predictions[0].length < tiles) {
      predictions = new float[rows][tiles][length];
      gradients = new float[rows][tiles][length];
    }
    if (distributions && targets.length < tiles) {
      targets = new float[tiles][length];
    }
    if (logits.length < classes) {
      logits = new double[classes];
      target = new double[classes];
      result = new double[classes];
    }
    y = distributions ? targets : null;
    return this;
  }

  /** Makes x and g those of row {@code row}; of columns there is one. */
  void turnTo(int row) {
    x = predictions[row];
    g = gradients[row];
  }

  /** How many tiles there are. */
  public int tiles() {
    return row ? Chunks.cover(classes, CLASSES) : classes;
  }

  /** How long tile {@code t} is. */
  public int length(int t) {
    return row ? Math.min(CLASSES, classes - t * CLASSES) : units;
  }

  /** How many lanes a pass over the tiles uses. */
  public int lanes() {
    return row ? Math.min(CLASSES, classes) : units;
  }

  /** Class {@code k} of unit {@code j} in {@code tiles}, which is x, y or g. */
  public float at(float[][] tiles, int k, int j) {
    return row ? tiles[k / CLASSES][k % CLASSES] : tiles[k][j];
  }

  /** Sets class {@code k} of unit {@code j}. */
  public void set(float[][] tiles, int k, int j, float to) {
    if (row) {
      tiles[k / CLASSES][k % CLASSES] = to;
    } else {
      tiles[k][j] = to;
    }
  }

  /** Σ over each unit's lanes, left in all of them. */
  public void sum(float[] lanes) {
    if (row) {
      Arrays.fill(lanes, 0, lanes(), Lanes.sum(lanes, lanes()));
    }
  }

  /** The largest of each unit's lanes, left in all of them. */
  public void max(float[] lanes) {
    if (row) {
      Arrays.fill(lanes, 0, lanes(), Lanes.max(lanes, lanes()));
    }
  }

  /** Gives every lane of a unit what its first one holds. */
  public void spread(float[] lanes) {
    if (row) {
      Arrays.fill(lanes, 0, lanes(), lanes[0]);
    }
  }

  /** At least {@code length} floats, on their way between rows and columns. */
  float[] stage(int length) {
    if (stage.length < length) {
      stage = new float[length];
    }
    return stage;
  }

  /** Unit {@code j}'s predictions in double; the array is the block's own. */
  public double[] logits(int j) {
    for (int k = 0; k < classes; k++) {
      logits[k] = at(x, k, j);
    }
    return logits;
  }

  /** Unit {@code j}'s distribution in double, 1 at its class for a label; the block's own array. */
  public double[] target(int j) {
    float[][] distributions = y;
    for (int k = 0; k < classes; k++) {
      target[k] = distributions != null ? at(distributions, k, j) : k == label[j] ? 1 : 0;
    }
    return target;
  }

  /** Room for one unit in double. */
  public double[] result() {
    return result;
  }
}
