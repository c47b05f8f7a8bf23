package org.perdita.lab.data;

/**
 * Seeded random numbers with the same bits on every machine and JDK. The generator is SplitMix64
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), and
 * nothing here calls a function whose last bit a platform may choose.
 */
public final class Draw {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  private Draw(long state) {
    this.state = state;
  }

  /**
   * A sequence of its own for each combination of numbers.
   *
   * @param seed what the user chose
   * @param stream what the numbers are for, such as the index of an image
   */
  public static Draw of(long seed, long... stream) {
    long state = mix(seed + GOLDEN);
    for (long part : stream) {
      state = mix(state + GOLDEN + part);
    }
    return new Draw(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** 64 random bits. */
  public long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  public double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  /** Uniform between {@code low} and {@code high}. */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform in 0 … bound − 1, to within 2⁻³² times the bound. */
  public int below(int bound) {
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /** True with the given probability: never at 0, always at 1. */
  public boolean chance(double probability) {
    return uniform() < probability;
  }

  /**
   * Bell-shaped with mean 0 and standard deviation 1, and never beyond 3.47: the sum of four
   * uniform numbers.
   */
  public double bell() {
    long b = bits();
    long sum = (b & 0xffff) + (b >>> 16 & 0xffff) + (b >>> 32 & 0xffff) + (b >>> 48);
    // Four uniforms on 0 … 65535 have mean 2 · 65535 and variance (65536² − 1) / 3.
    return (sum - 131070) * (1.7320508075688772 / 65536);
  }

  /**
   * Normal with mean 0 and standard deviation 1: Marsaglia and Bray's polar method, of whose pairs
   * one is used.
   */
  public double normal() {
    while (true) {
      double u = uniform(-1, 1);
      double v = uniform(-1, 1);
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /** The numbers 0 … n − 1 in random order. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
