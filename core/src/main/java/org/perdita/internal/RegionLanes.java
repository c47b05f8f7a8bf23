package org.perdita.internal;

/**
 * One thread's running sums over the positions of a chunk: for each class Σ w p y, Σ w p and Σ w y,
 * and Σ w. Float lanes take sixteen tiles, then drain into doubles.
 */
final class RegionLanes {
  private static final int TILES_A_DRAIN = 16;
  private static final int SUMS = 3;

  private float[][] lanes = new float[0][];
  private double[] sums = new double[0];
  private int classes;

  /** The classes in the lanes since they were drained last, how often, and how far. */
  private int from;

  private int to;
  private int tiles;
  private int width;

  private static final ThreadLocal<RegionLanes> OWN = ThreadLocal.withInitial(RegionLanes::new);

  /** This thread's lanes for {@code classes}, at 0. */
  static RegionLanes own(int classes) {
    RegionLanes own = OWN.get();
    int used = SUMS * classes + 1;
    if (own.lanes.length < used) {
      own.lanes = new float[used][Tile.LENGTH];
      own.sums = new double[used];
    }
    for (int i = 0; i < used; i++) {
      TileMath.fill(own.lanes[i], 0, Tile.LENGTH);
      own.sums[i] = 0;
    }
    own.classes = classes;
    own.from = 0;
    own.to = 0;
    own.tiles = 0;
    own.width = 0;
    return own;
  }

  /** Adds the first {@code n} positions of those of {@code selected} that the tile has. */
  void add(PositionTile tile, int[] selected, boolean squares, boolean weighted, int n) {
    int first = 0;
    while (first < classes && !tile.has(selected[first])) {
      first++;
    }
    int last = first;
    while (last < classes && tile.has(selected[last])) {
      last++;
    }
    if (first == last) {
      return;
    }
    if (first != from || last != to || tiles == TILES_A_DRAIN) {
      drain();
    }
    from = first;
    to = last;
    tiles++;
    width = Math.max(width, n);
    for (int i = first; i < last; i++) {
      add(tile, i, selected[i], squares, weighted, n);
    }
    if (weighted && first == 0) {
      one(tile.w, lanes[SUMS * classes], n);
    }
  }

  private void add(PositionTile tile, int i, int k, boolean squares, boolean weighted, int n) {
    float[] p = tile.p[k];
    float[] y = tile.y[k];
    float[] both = lanes[i];
    float[] predicted = lanes[classes + i];
    float[] target = lanes[2 * classes + i];
    if (weighted) {
      weigh(y, tile.w, tile.t[0], n);
      weigh(p, tile.w, tile.t[1], n);
      products(p, tile.t[0], both, n);
      if (squares) {
        products(p, tile.t[1], predicted, n);
        products(y, tile.t[0], target, n);
      } else {
        two(tile.t[1], tile.t[0], predicted, target, n);
      }
    } else if (squares) {
      products(p, y, both, n);
      products(p, p, predicted, n);
      products(y, y, target, n);
    } else {
      three(p, y, both, predicted, target, n);
    }
  }

  private static void weigh(float[] a, float[] w, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] * w[j];
    }
  }

  private static void products(float[] a, float[] b, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] = Math.fma(a[j], b[j], sum[j]);
    }
  }

  private static void one(float[] a, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] += a[j];
    }
  }

  private static void two(float[] a, float[] b, float[] sumA, float[] sumB, int n) {
    for (int j = 0; j < n; j++) {
      sumA[j] += a[j];
      sumB[j] += b[j];
    }
  }

  private static void three(
      float[] p, float[] y, float[] both, float[] predicted, float[] target, int n) {
    for (int j = 0; j < n; j++) {
      both[j] = Math.fma(p[j], y[j], both[j]);
      predicted[j] += p[j];
      target[j] += y[j];
    }
  }

  private void drain() {
    for (int i = from; i < to; i++) {
      for (int sum = i; sum < SUMS * classes; sum += classes) {
        drain(sum);
      }
    }
    if (from == 0) {
      drain(SUMS * classes);
    }
    tiles = 0;
    width = 0;
  }

  private void drain(int i) {
    sums[i] += TileMath.sum(lanes[i], width);
    TileMath.fill(lanes[i], 0, width);
  }

  /** Writes the sums at {@code at}, in the order in which they are described. */
  void drainTo(double[] to, int at) {
    drain();
    System.arraycopy(sums, 0, to, at, SUMS * classes + 1);
  }
}
