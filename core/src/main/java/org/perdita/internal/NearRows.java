package org.perdita.internal;

import java.util.Arrays;

/**
 * Lowers the signed squares of many lines side by side by what stands near them in their lines: row
 * after row, one short pass over all lines for every two distances up and down, which is SIMD.
 *
 * <p>That nothing beyond the run's ends may count needs no test: the first voxel of the other kind,
 * b rows away, bounds the square by that of b, and whatever lies beyond is farther than b.
 *
 * <p>How far to look is known from the row before, as distances of neighbours differ by a step at
 * most. Where that is far, an envelope is cheaper: {@link #lower} then gives up.
 */
abstract class NearRows {
  /** Lines side by side: enough to be worth a pass, few enough for the rows to stay near. */
  static final int LINES = 256;

  /** What arrays of lines hold: C2's passes are scalar for 12 elements before they are SIMD. */
  static final int LENGTH = LINES + 12;

  /** Rows worked on together, so that those around them are near when they are looked at again. */
  static final int ROWS = 8;

  /** Fewer lines than this are not worth a pass. */
  static final int FEWEST = 64;

  /** Along longer lines what is nearest is often far: envelopes are as fast, and never slower. */
  static final int MOST_ROWS = 256;

  /** As many rows may be looked too far from before {@link #lower} gives up. */
  private static final int PATIENCE = 64;

  /** Where it is not known how far to look, the largest square is asked for after so many rows. */
  private static final int LOOKS = 32;

  /** The lines' squares of one row on their way. */
  final float[] row = new float[LENGTH];

  /** The lines lie in pieces of neighbours, at equal distances. */
  private int pieces;

  private int pieceStride;
  private int pieceLength;

  /** Whether a row has no finite square. */
  private boolean[] empty = new boolean[0];

  /** How many lines there are. */
  int lines;

  /** How many passes go over: those, and some more whose squares are 1. */
  int n;

  /**
   * Lowers the squares of {@code pieces} times {@code pieceLength} lines.
   *
   * @param at where the first voxel of the first line lies
   * @param stride from row to row
   * @param step how far apart rows are
   * @return whether it did; if not, the field is as it was
   */
  final boolean lower(
      float[] field,
      int at,
      int pieces,
      int pieceStride,
      int pieceLength,
      int length,
      int stride,
      double step) {
    this.pieces = pieces;
    this.pieceStride = pieceStride;
    this.pieceLength = pieceLength;
    lines = pieces * pieceLength;
    n = Math.max(Tile.LEAST, lines) + LENGTH - LINES;
    Arrays.fill(row, lines, n, 1);
    begin(length);
    if (empty.length < length) {
      empty = new boolean[length];
    }
    for (int r = 0; r < length; r++) {
      get(field, at + r * stride);
      load(r);
      empty[r] = isInfinite(r);
    }
    boolean alone = true;
    for (int r = 0; r < length; r++) {
      alone &= empty[r];
    }
    double reach = Double.POSITIVE_INFINITY;
    long looked = 0;
    turn();
    for (int end = length; end > 0; end -= Math.min(end, ROWS)) {
      int from = Math.max(0, end - ROWS);
      for (int r = end - 1; r >= from; r--) {
        ends(r, r - from, step);
      }
      if (!alone) {
        looked += (long) (end - from) * look(from, end, length, step, reach);
        if (looked > (long) worth() * (length - from + PATIENCE)) {
          restore(field, at, end, length, stride);
          return false;
        }
        reach = Math.sqrt(most(0)) / step;
      }
      for (int r = from; r < end; r++) {
        unload(r, r - from);
        put(field, at + r * stride);
      }
    }
    return true;
  }

  /**
   * Lowers rows {@code from} to {@code end} by those around them.
   *
   * @param reach the largest distance in row {@code end}, in rows
   * @return how far it looked
   */
  private int look(int from, int end, int length, double step, double reach) {
    double most = Math.min(reach + end - from, Math.max(end - 1, length - 1 - from));
    int d = 1;
    while (d <= most) {
      int last = (int) Math.min(end - 1, end + reach - d);
      for (int r = from; r <= last; r++) {
        if (!isEmpty(r - d, length)
            || !isEmpty(r + d, length)
            || !isEmpty(r - d - 1, length)
            || !isEmpty(r + d + 1, length)) {
          look(r, r - from, d, length, step);
        }
      }
      d += 2;
      if (d % LOOKS == 1 && reach == Double.POSITIVE_INFINITY) {
        double largest = 0;
        for (int r = from; r < end; r++) {
          largest = Math.max(largest, most(r - from));
        }
        most = Math.min(most, Math.sqrt(largest) / step);
      }
    }
    return d;
  }

  private boolean isEmpty(int r, int length) {
    return r < 0 || r >= length || empty[r];
  }

  /** Takes back what was done to the rows from {@code r} on. */
  private void restore(float[] field, int at, int r, int length, int stride) {
    for (int done = r; done < length; done++) {
      get(field, at + done * stride);
      reload(done);
      put(field, at + done * stride);
    }
  }

  private void get(float[] field, int at) {
    for (int i = 0; i < pieces; i++) {
      System.arraycopy(field, at + i * pieceStride, row, i * pieceLength, pieceLength);
    }
  }

  private void put(float[] field, int at) {
    for (int i = 0; i < pieces; i++) {
      System.arraycopy(row, i * pieceLength, field, at + i * pieceStride, pieceLength);
    }
  }

  /** To be called first: makes room for {@code length} rows. */
  abstract void begin(int length);

  /** Takes {@link #row} as row {@code r}, after those before it. */
  abstract void load(int r);

  /** Whether no square of row {@code r} is finite. */
  abstract boolean isInfinite(int r);

  /** To be called after the last {@link #load} and before the first {@link #ends}. */
  abstract void turn();

  /** Begins row {@code r}, at {@code place}: with its own squares, or those of the runs' ends. */
  abstract void ends(int r, int place, double step);

  /** The largest square of the row at {@code place}. */
  abstract double most(int place);

  /** Lowers row {@code r} by rows {@code d} and {@code d + 1} away. */
  abstract void look(int r, int place, int d, int length, double step);

  /** How many rows on either side may be looked at before an envelope is cheaper. */
  abstract int worth();

  /** Leaves row {@code r} in {@link #row}, signed. */
  abstract void unload(int r, int place);

  /** Puts into {@link #row}, whose signs stay, the squares that row {@code r} was loaded with. */
  abstract void reload(int r);
}
