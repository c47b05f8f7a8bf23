package org.perdita.internal;

import java.util.Arrays;

/** Rows of squares that are no integers, to 1.2e-7 of themselves. */
final class FloatRows extends NearRows {
  /** More than any number of steps. */
  private static final float FAR_STEPS = 0x1p101f;

  /** The squares that were loaded. */
  private float[][] squares = new float[0][];

  /** How many rows above each voxel the next of the other kind is; below 0 inside. */
  private float[][] above = squares;

  private final float[] far = new float[LENGTH];
  private final float[] steps = new float[LENGTH];
  private final float[] side = new float[LENGTH];

  /** What {@link #most} folds a row into. */
  private final float[] larger = new float[LENGTH];

  /** The rows that were begun, by place. */
  private final float[][] lowest = new float[ROWS][LENGTH];

  private static final ThreadLocal<FloatRows> OWN = ThreadLocal.withInitial(FloatRows::new);

  private FloatRows() {
    Arrays.fill(far, Float.POSITIVE_INFINITY);
  }

  static FloatRows own() {
    return OWN.get();
  }

  @Override
  void begin(int length) {
    if (squares.length < length) {
      squares = new float[length][LENGTH];
      above = new float[length][LENGTH];
    }
    Arrays.fill(steps, FAR_STEPS);
    for (float[] squares : lowest) {
      Arrays.fill(squares, 0);
    }
  }

  @Override
  void load(int r) {
    if (r == 0) {
      sides(row, side, n);
    }
    above(row, side, steps, squares[r], above[r], n);
  }

  private static void sides(float[] a, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.max(-1, Math.min(a[j] * 0x1p126f, 1));
    }
  }

  /** Where the kind changes, fma gives 0, else more than any number of steps. */
  private static void above(
      float[] signed, float[] before, float[] steps, float[] squares, float[] above, int n) {
    for (int j = 0; j < n; j++) {
      float side = Math.max(-1, Math.min(signed[j] * 0x1p126f, 1));
      float since = Math.min(steps[j], Math.fma(side * before[j], 0x1p100f, 0x1p100f)) + 1;
      before[j] = side;
      steps[j] = since;
      squares[j] = Math.abs(signed[j]);
      above[j] = since * side;
    }
  }

  @Override
  boolean isInfinite(int r) {
    float[] a = squares[r];
    for (int j = 0; j < lines; j++) {
      if (a[j] < Float.POSITIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  @Override
  void turn() {
    Arrays.fill(steps, FAR_STEPS);
  }

  @Override
  void ends(int r, int place, double step) {
    ends(above[r], side, steps, squares[r], (float) (step * step), lowest[place], n);
  }

  private static void ends(
      float[] above,
      float[] after,
      float[] steps,
      float[] squares,
      float unit,
      float[] out,
      int n) {
    for (int j = 0; j < n; j++) {
      float side = Math.max(-1, Math.min(above[j], 1));
      float below = Math.min(steps[j], Math.fma(side * after[j], 0x1p100f, 0x1p100f)) + 1;
      after[j] = side;
      steps[j] = below;
      float end = Math.min(Math.abs(above[j]), below);
      out[j] = Math.min(end * end * unit, squares[j]);
    }
  }

  @Override
  double most(int place) {
    larger(lowest[place], larger);
    float m0 = 0;
    float m1 = 0;
    float m2 = 0;
    float m3 = 0;
    for (int j = 0; j < LINES / 2; j += 4) {
      m0 = Math.max(m0, larger[j]);
      m1 = Math.max(m1, larger[j + 1]);
      m2 = Math.max(m2, larger[j + 2]);
      m3 = Math.max(m3, larger[j + 3]);
    }
    return Math.max(Math.max(m0, m1), Math.max(m2, m3));
  }

  private static void larger(float[] a, float[] out) {
    for (int j = 0; j < LINES / 2; j++) {
      out[j] = Math.max(a[j], a[j + LINES / 2]);
    }
  }

  @Override
  void look(int r, int place, int d, int length, double step) {
    float[] up = r >= d ? squares[r - d] : far;
    float[] down = r + d < length ? squares[r + d] : far;
    float[] upper = r > d ? squares[r - d - 1] : far;
    float[] downer = r + d + 1 < length ? squares[r + d + 1] : far;
    double add = d * step;
    double more = add + step;
    lower(lowest[place], up, down, (float) (add * add), upper, downer, (float) (more * more), n);
  }

  private static void lower(
      float[] out, float[] a, float[] b, float add, float[] c, float[] d, float more, int n) {
    for (int j = 0; j < n; j++) {
      float near = Math.min(a[j], b[j]) + add;
      float next = Math.min(c[j], d[j]) + more;
      out[j] = Math.min(out[j], Math.min(near, next));
    }
  }

  /** Measured: an envelope costs 12 ns a voxel, a row on either side 0.2. */
  @Override
  int worth() {
    return 60;
  }

  @Override
  void unload(int r, int place) {
    signed(lowest[place], above[r], row, n);
  }

  private static void signed(float[] a, float[] above, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] * Math.max(-1, Math.min(above[j], 1));
    }
  }

  @Override
  void reload(int r) {
    for (int j = 0; j < n; j++) {
      row[j] = row[j] < 0 ? -squares[r][j] : squares[r][j];
    }
  }
}
