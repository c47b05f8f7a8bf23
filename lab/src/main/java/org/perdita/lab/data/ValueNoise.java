package org.perdita.lab.data;

/**
 * Smooth random functions over the plane: random heights at whole coordinates, blended between. The
 * same bits on every machine for a seed.
 */
final class ValueNoise {
  private final long seed;

  ValueNoise(long seed) {
    this.seed = seed;
  }

  /** In [0, 1], bending about once a unit. */
  double at(double x, double y) {
    double fx = Math.floor(x);
    double fy = Math.floor(y);
    long ix = (long) fx;
    long iy = (long) fy;
    double u = smooth(x - fx);
    double v = smooth(y - fy);
    double top = height(ix, iy) + u * (height(ix + 1, iy) - height(ix, iy));
    double bottom = height(ix, iy + 1) + u * (height(ix + 1, iy + 1) - height(ix, iy + 1));
    return top + v * (bottom - top);
  }

  /** In [0, 1]: {@code octaves} of it, each twice as fine and half as high as the one before. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double total = 0;
    double scale = 1;
    for (int i = 0; i < octaves; i++) {
      sum += weight * at(scale * x + 17.3 * i, scale * y - 9.1 * i);
      total += weight;
      weight /= 2;
      scale *= 2;
    }
    return sum / total;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  /** In [0, 1), one number for each whole point. */
  double height(long x, long y) {
    long z = seed + x * 0x9e3779b97f4a7c15L + y * 0xc2b2ae3d27d4eb4fL;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }
}
