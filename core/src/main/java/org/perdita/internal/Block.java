package org.perdita.internal;

import org.jspecify.annotations.Nullable;

/**
 * One thread's scratch for losses over the classes of a unit, in one of two lay-outs:
 *
 * <ul>
 *   <li><b>columns</b>: up to 128 units at once, class-major; {@code x[k][j]} is class k of unit j.
 *       No pass needs a reduction along j.
 *   <li><b>row</b>: one unit of many classes, cut in tiles of 512; {@code x[t][j]} is class 512 t +
 *       j.
 * </ul>
 *
 * In both, every pass runs along j with all arrays at the same index.
 */
public final class Block {
  /** Units a block of columns. */
  public static final int UNITS = 128;

  /** Classes a tile of a row. */
  public static final int CLASSES = 512;

  /** How many classes each unit has. */
  public int classes;

  /** Columns: how many units. Row: 1. */
  public int units;

  /** Predictions. */
  public float[][] x = new float[0][];

  /** Distributions, or null when the targets are labels. */
  public float @Nullable [][] y;

  /** Class indices, when the targets are labels. */
  public final int[] label = new int[UNITS];

  /** Out: d loss / d prediction. */
  public float[][] g = new float[0][];

  /** Out: the loss of each unit. */
  public final float[] v = new float[UNITS];

  /** Room for a kernel's passes: arrays as long as the longer tile. */
  public final float[][] t = new float[16][CLASSES];

  /** The same, for exponent bits. */
  public final int[] bits = new int[CLASSES];

  /** Weight times the reduction's factor; the walker's own. */
  final float[] w = new float[UNITS];

  private float[] stage = new float[0];

  private float[][] targets = new float[0][];

  /** At least {@code length} floats, on their way between rows and columns. */
  float[] stage(int length) {
    if (stage.length < length) {
      stage = new float[length];
    }
    return stage;
  }

  private static final ThreadLocal<Block> COLUMNS = ThreadLocal.withInitial(Block::new);
  private static final ThreadLocal<Block> ROW = ThreadLocal.withInitial(Block::new);

  /** This thread's block of columns for {@code classes} classes. */
  static Block columns(int classes, boolean distributions) {
    return COLUMNS.get().sized(classes, classes, UNITS, distributions);
  }

  /** This thread's row of {@code classes} classes. */
  static Block row(int classes, boolean distributions) {
    int tiles = (classes + CLASSES - 1) / CLASSES;
    return ROW.get().sized(classes, tiles, CLASSES, distributions);
  }

  private Block sized(int classes, int tiles, int length, boolean distributions) {
    this.classes = classes;
    if (x.length < tiles) {
      x = new float[tiles][length];
      g = new float[tiles][length];
    }
    if (distributions && targets.length < tiles) {
      targets = new float[tiles][length];
    }
    y = distributions ? targets : null;
    return this;
  }

  /** Row lay-out: how many tiles. */
  public int tiles() {
    return (classes + CLASSES - 1) / CLASSES;
  }

  /** Row lay-out: how long tile {@code t} is. */
  public int length(int t) {
    return Math.min(CLASSES, classes - t * CLASSES);
  }
}
