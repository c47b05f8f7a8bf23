package org.perdita.internal;

import java.nio.FloatBuffer;

/**
 * A stretch of a gradient that is linear in target and given probability: one loop over the
 * caller's own arrays, where it has arrays.
 *
 * @param target numbers at the same places as the gradient's
 * @param prediction the same
 * @param gradient what is written
 * @param from the first place
 * @param to the one after the last
 */
record LinearGradient(
    FloatBuffer target, FloatBuffer prediction, FloatBuffer gradient, int from, int to) {

  /** a y + b. */
  void write(float a, float b) {
    if (isHeap(target) && isHeap(gradient)) {
      linear(target.array(), a, b, gradient.array(), from, to);
      return;
    }
    Tile tile = Tile.own();
    int n;
    for (int i = from; i < to; i += n) {
      n = Math.min(Tile.SIZE, to - i);
      TileMath.get(target, i, tile.y, n);
      linear(tile.y, a, b, tile.g, 0, n);
      TileMath.put(tile.g, gradient, i, n);
    }
  }

  /** a y + b p. */
  void writeTimesP(float a, float b) {
    if (isHeap(target) && isHeap(prediction) && isHeap(gradient)) {
      linear(target.array(), prediction.array(), a, b, gradient.array(), from, to);
      return;
    }
    Tile tile = Tile.own();
    int n;
    for (int i = from; i < to; i += n) {
      n = Math.min(Tile.SIZE, to - i);
      TileMath.get(target, i, tile.y, n);
      TileMath.get(prediction, i, tile.x, n);
      linear(tile.y, tile.x, a, b, tile.g, 0, n);
      TileMath.put(tile.g, gradient, i, n);
    }
  }

  /** 0: a class that the loss does not look at. */
  void zero() {
    Tile tile = Tile.own();
    TileMath.fill(tile.g, 0, Tile.SIZE);
    for (int i = from; i < to; i += Tile.SIZE) {
      gradient.put(i, tile.g, 0, Math.min(Tile.SIZE, to - i));
    }
  }

  /** Whether a buffer is all of an array, so that one index serves several. */
  private static boolean isHeap(FloatBuffer buffer) {
    return buffer.hasArray() && buffer.arrayOffset() == 0;
  }

  static void linear(float[] y, float a, float b, float[] d, int from, int to) {
    for (int j = from; j < to; j++) {
      d[j] = Math.fma(a, y[j], b);
    }
  }

  static void linear(float[] y, float[] p, float a, float b, float[] d, int from, int to) {
    for (int j = from; j < to; j++) {
      d[j] = Math.fma(a, y[j], b * p[j]);
    }
  }
}
