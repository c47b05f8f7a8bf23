package org.perdita.internal;

import java.nio.FloatBuffer;
import org.perdita.Tensor;

/**
 * Where the entries of a unit lie in a tensor {@code [n, c]} or {@code [n, c, d1, d2, …]}, and how
 * they get into a block and back.
 */
final class RowShape {
  /** Up to here rows are cheaper turned into columns. */
  private static final int FEW_CLASSES = 96;

  /**
   * A block has about this many entries at most, so that it stays near the core; and as many as
   * that where it can, for memory is faster in long stretches than in turns with arithmetic.
   */
  private static final int BLOCK_ENTRIES = 1 << 14;

  /** The tensor's shape. */
  final int[] shape;

  /** The shape without axis 1. */
  final int[] unitShape;

  final int units;
  final int classes;

  /** Positions a sample: the product of the axes behind the class axis. */
  final int inner;

  /** Whether blocks are columns; otherwise each is a row. */
  final boolean columns;

  RowShape(Object who, Tensor prediction) {
    Check.that(
        prediction.rank() >= 2 && prediction.length(1) >= 1,
        who,
        "prediction",
        prediction,
        "of shape [n, c] or [n, c, d1, …] with at least one class");
    this.shape = prediction.shape();
    this.unitShape = Rows.withoutClassAxis(shape);
    this.units = Shapes.size(who, unitShape);
    this.classes = shape[1];
    this.inner = shape[0] == 0 ? 1 : units / shape[0];
    this.columns = inner > 1 || classes <= FEW_CLASSES;
  }

  /** How many units a chunk takes: whole blocks. */
  int chunkUnits() {
    int block = blockUnits();
    return Math.max(1, Chunks.ELEMENTS / classes / block) * block;
  }

  /** How many units a block takes. */
  int blockUnits() {
    return Math.max(columns ? 16 : 1, Math.min(Block.UNITS, BLOCK_ENTRIES / classes));
  }

  /** This thread's block. */
  Block block(boolean distributions) {
    return columns
        ? Block.columns(classes, distributions)
        : Block.rows(classes, blockUnits(), distributions);
  }

  /** Reads the block's units, the first of which is {@code unit}. */
  void load(Block block, float[][][] strips, FloatBuffer from, int unit) {
    float[][] tiles = strips[0];
    if (!columns) {
      for (int j = 0; j < block.units; j++) {
        for (int t = 0; t < block.tiles(); t++) {
          int at = (unit + j) * classes + t * Block.CLASSES;
          from.get(at, strips[j][t], 0, block.length(t));
        }
      }
    } else if (inner == 1) {
      float[] stage = block.stage(block.units * classes);
      from.get(unit * classes, stage, 0, block.units * classes);
      for (int k = 0; k < classes; k++) {
        float[] column = tiles[k];
        for (int j = 0, at = k; j < block.units; j++, at += classes) {
          column[j] = stage[at];
        }
      }
    } else {
      int run;
      for (int j = 0; j < block.units; j += run) {
        run = run(block, unit, j);
        int at = position(unit + j);
        for (int k = 0; k < classes; k++) {
          from.get(at + k * inner, tiles[k], j, run);
        }
      }
    }
  }

  /** Writes the block's units, the first of which is {@code unit}. */
  void store(Block block, float[][][] strips, FloatBuffer to, int unit) {
    float[][] tiles = strips[0];
    if (!columns) {
      for (int j = 0; j < block.units; j++) {
        for (int t = 0; t < block.tiles(); t++) {
          int at = (unit + j) * classes + t * Block.CLASSES;
          to.put(at, strips[j][t], 0, block.length(t));
        }
      }
    } else if (inner == 1) {
      float[] stage = block.stage(block.units * classes);
      int k = 0;
      // Two columns at a time, so that neighbours are written together.
      for (; k + 1 < classes; k += 2) {
        float[] even = tiles[k];
        float[] odd = tiles[k + 1];
        for (int j = 0, at = k; j < block.units; j++, at += classes) {
          stage[at] = even[j];
          stage[at + 1] = odd[j];
        }
      }
      if (k < classes) {
        float[] last = tiles[k];
        for (int j = 0, at = k; j < block.units; j++, at += classes) {
          stage[at] = last[j];
        }
      }
      to.put(unit * classes, stage, 0, block.units * classes);
    } else {
      int run;
      for (int j = 0; j < block.units; j += run) {
        run = run(block, unit, j);
        int at = position(unit + j);
        for (int k = 0; k < classes; k++) {
          to.put(at + k * inner, tiles[k], j, run);
        }
      }
    }
  }

  /** How many of the block's units from {@code j} on lie in one sample. */
  private int run(Block block, int unit, int j) {
    return Math.min(block.units - j, inner - (unit + j) % inner);
  }

  /** Where class 0 of {@code unit} lies; its next classes follow at steps of {@code inner}. */
  int position(int unit) {
    return unit / inner * classes * inner + unit % inner;
  }
}
