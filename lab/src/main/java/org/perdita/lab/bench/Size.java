package org.perdita.lab.bench;

/** How much to measure, and how long. */
public enum Size {
  /** For the bench's own tests: figures without meaning. */
  TINY(4096, 100_000, 3, 1_000_000L, 100_000L),

  /** For a look. */
  QUICK(16, 1_000_000, 5, 300_000_000L, 10_000_000L),

  /** For figures that are written down, and the size that the goals speak of. */
  FULL(1, 100_000_000, 9, 500_000_000L, 30_000_000L);

  private static final int LARGE = 1 << 24;

  private final int cut;
  private final int longest;
  private final int rounds;
  private final long restNanos;
  private final long sampleNanos;

  Size(int cut, int longest, int rounds, long restNanos, long sampleNanos) {
    this.cut = cut;
    this.longest = longest;
    this.rounds = rounds;
    this.restNanos = restNanos;
    this.sampleNanos = sampleNanos;
  }

  /** The part of {@code full} units that this size measures; at least one. */
  int of(int full) {
    return Math.max(1, full / cut);
  }

  /** How long a side of a picture or a volume is, of {@code full} at every size but the tiny. */
  int side(int full) {
    return this == TINY ? full / 8 : full;
  }

  /** The long batch: at full size 16.8 million logits. */
  int large() {
    return of(LARGE);
  }

  /** Where the growth from 1e5 elements ends. */
  int longest() {
    return longest;
  }

  /** The side of the largest cube, of about so many voxels and half as many again. */
  int longestCube() {
    return (int) Math.cbrt(1.5 * longest);
  }

  /** Samples of each contestant; the median counts. */
  int rounds() {
    return rounds;
  }

  /** Each contestant runs before its first sample until the compiler has rested for so long. */
  long restNanos() {
    return restNanos;
  }

  /** A sample repeats the call until about so much time is filled. */
  long sampleNanos() {
    return sampleNanos;
  }
}
