package org.perdita.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread's scratch for losses over the classes of some units, in one of two lay-outs:
 *
 * <ul>
 *   <li><b>columns</b>, for few classes: one strip, class-major; tile k is class k, and {@code
 *       x[0][k][j]} is class k of unit j. No pass needs a reduction along j.
 *   <li><b>rows</b>, for many: a strip for each unit, cut in tiles of 512; {@code x[j][t][i]} is
 *       class 512 t + i of unit j.
 * </ul>
 *
 * In both, every pass over a tile runs with all arrays at the same index. A pass that gathers over
 * the classes of a unit gathers in <em>lanes</em>, an array indexed as the tiles are: for columns
 * lane j is unit j already, for rows a strip's lanes are folded into its unit's number. So passes
 * over {@link #strips()} of {@link #tiles()} of {@link #length} entries with lanes are written once
 * for both, and so are those over the units' own numbers, of which there are many at a time.
 */
public final class Block {
  /** Units a block, at most. */
  static final int UNITS = 512;

  /** Classes a tile of a row. */
  static final int CLASSES = 512;

  /** How long arrays of lanes, or of one number a unit, are. */
  public static final int LENGTH = Tile.LENGTH;

  /** How many classes each unit has. */
  public int classes;

  /** How many units there are. */
  public int units;

  /** Predictions; a kernel may change them. */
  public float[][][] x = new float[0][][];

  /** Distributions, or null when the targets are labels; a kernel may change them. */
  public float @Nullable [][][] y;

  /** Σ y of each unit: 1, or as near to it as the caller's distributions come. */
  public final float[] mass = new float[LENGTH];

  /** Class indices, when the targets are labels. */
  public final int[] label = new int[LENGTH];

  /** Out: d loss / d prediction, but for the factor {@link #gain}. */
  public float[][][] g = x;

  /** Out: what the walker multiplies each unit's {@code g} by; 1 unless the kernel changes it. */
  public final float[] gain = new float[LENGTH];

  /** Out: the loss of each unit. */
  public final float[] v = new float[LENGTH];

  /** Room for a kernel's passes, as lanes or as numbers of the units. */
  public final float[][] t = new float[16][LENGTH];

  /** The same, for class indices. */
  public final int[] bits = new int[LENGTH];

  /** What each unit counts; the walker's own. */
  final double[] weight = new double[LENGTH];

  /** The walker's own: weight times the reduction's factor, and the check of targets. */
  final float[] scale = new float[LENGTH];

  final float[] worst = new float[LENGTH];
  final float[] lanesOfMass = new float[LENGTH];
  final float[] lanesOfWorst = new float[LENGTH];

  private final boolean rows;
  private float[][][] targets = x;
  private float[] stage = new float[0];
  private double[] logits = new double[0];
  private double[] target = logits;
  private double[] result = logits;

  private Block(boolean rows) {
    this.rows = rows;
  }

  private static final ThreadLocal<Block> COLUMNS = ThreadLocal.withInitial(() -> new Block(false));
  private static final ThreadLocal<Block> ROWS = ThreadLocal.withInitial(() -> new Block(true));

  /** This thread's block of columns for {@code classes} classes. */
  static Block columns(int classes, boolean distributions) {
    return COLUMNS.get().sized(classes, 1, classes, distributions);
  }

  /** This thread's block of rows of {@code classes} classes, {@code rows} at most. */
  static Block rows(int classes, int rows, boolean distributions) {
    return ROWS.get().sized(classes, rows, Chunks.cover(classes, CLASSES), distributions);
  }

  private Block sized(int classes, int strips, int tiles, boolean distributions) {
    this.classes = classes;
    if (x.length < strips || x[0].length < tiles) {
      x = new float[strips][tiles][LENGTH];
      g = new float[strips][tiles][LENGTH];
    }
    if (distributions && (targets.length < strips || targets[0].length < tiles)) {
      targets = new float[strips][tiles][LENGTH];
    }
    if (logits.length < classes) {
      logits = new double[classes];
      target = new double[classes];
      result = new double[classes];
    }
    y = distributions ? targets : null;
    return this;
  }

  /** How many strips there are. */
  public int strips() {
    return rows ? units : 1;
  }

  /** How many tiles a strip has. */
  public int tiles() {
    return rows ? Chunks.cover(classes, CLASSES) : classes;
  }

  /** How long tile {@code t} is. */
  public int length(int t) {
    return rows ? Math.min(CLASSES, classes - t * CLASSES) : width();
  }

  /** How many lanes a pass over the tiles uses. */
  public int lanes() {
    return rows ? Math.min(CLASSES, classes) : width();
  }

  /**
   * How far a pass over units, or columns of them, runs: as far as {@link Tile#LEAST} at least.
   * What it finds and leaves beyond {@link #units} is no matter.
   */
  public int width() {
    return Math.max(Tile.LEAST, units);
  }

  /** Class {@code k} of unit {@code j} in {@code strips}, which is x, y or g. */
  public float at(float[][][] strips, int k, int j) {
    return rows ? strips[j][k / CLASSES][k % CLASSES] : strips[0][k][j];
  }

  /** Sets class {@code k} of unit {@code j}. */
  public void set(float[][][] strips, int k, int j, float to) {
    if (rows) {
      strips[j][k / CLASSES][k % CLASSES] = to;
    } else {
      strips[0][k][j] = to;
    }
  }

  /** Sets all lanes. */
  public void fill(float[] lanes, float to) {
    TileMath.fill(lanes, to, lanes());
  }

  /** Adds a strip's lanes up, into the numbers of its units; the lanes are spent. */
  public void sum(int strip, float[] lanes, float[] units) {
    if (rows) {
      units[strip] = Lanes.sum(lanes, lanes());
    } else {
      System.arraycopy(lanes, 0, units, 0, this.units);
    }
  }

  /** The largest of a strip's lanes, into the numbers of its units; the lanes are spent. */
  public void max(int strip, float[] lanes, float[] units) {
    if (rows) {
      units[strip] = Lanes.max(lanes, lanes());
    } else {
      System.arraycopy(lanes, 0, units, 0, this.units);
    }
  }

  /** Gives a strip's lanes the numbers of its units. */
  public void spread(int strip, float[] units, float[] lanes) {
    if (rows) {
      TileMath.fill(lanes, units[strip], lanes());
    } else {
      System.arraycopy(units, 0, lanes, 0, this.units);
    }
  }

  /** Which class of each unit is the first that is 0; the last if none is. */
  public void findZero(float[][][] strips, int[] at) {
    if (rows) {
      for (int j = 0; j < units; j++) {
        at[j] = firstZero(strips[j]);
      }
      return;
    }
    Arrays.fill(lanesOfWorst, 0, units, classes - 1);
    for (int k = classes - 2; k >= 0; k--) {
      takeWhereZero(strips[0][k], k, lanesOfWorst, width());
    }
    for (int j = 0; j < units; j++) {
      at[j] = (int) lanesOfWorst[j];
    }
  }

  /**
   * Twice 2^126 lifts the smallest float above 1: {@code at} becomes k where x is 0, to the bit.
   */
  private static void takeWhereZero(float[] x, float k, float[] at, int n) {
    for (int j = 0; j < n; j++) {
      float above = Math.min(x[j] * 0x1p126f * 0x1p126f, 1);
      at[j] = Math.fma(above, at[j], (1 - above) * k);
    }
  }

  private int firstZero(float[][] tiles) {
    for (int t = 0; t < tiles(); t++) {
      float[] x = tiles[t];
      int length = length(t);
      for (int i = 0; i < length; i++) {
        if (x[i] == 0) {
          return t * CLASSES + i;
        }
      }
    }
    return classes - 1;
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
    float[][][] distributions = y;
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
