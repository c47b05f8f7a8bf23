package org.perdita.lab.data;

/**
 * Noise of the bi-tempered loss's demonstration: each label of the chosen points flips with the
 * given probability, each on its own.
 *
 * @param where which points may flip
 * @param rate the probability that such a point flips, in [0, 1]; the demonstration offers 0.1 to
 *     0.4
 */
public record RingNoise(Where where, double rate) {
  /** How far from the border a point must be to count as near or far, in canvases. */
  private static final double MARGIN = 0.03;

  private static final long STREAM = 202;

  /** Which points may flip. */
  public enum Where {
    /** Points near the gap: ring points of radius below 0.36, disc points of radius above 0.17. */
    SMALL_MARGIN,
    /** Points far from the gap: ring points beyond radius 0.45, disc points within 0.03. */
    LARGE_MARGIN,
    /** All points. */
    ANYWHERE
  }

  public RingNoise {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("RingNoise: rate must be in [0, 1], was " + rate);
    }
  }

  /** Noisy labels of {@code rings}, which is not changed. */
  public NoisyLabels apply(Rings rings, long seed) {
    Draw draw = Draw.of(seed, STREAM);
    int[] clean = rings.labels();
    NoisyLabels noisy = new NoisyLabels(clean);
    for (int i = 0; i < clean.length; i++) {
      // Drawn for every point, so that the flips at one place do not depend on the others.
      boolean flips = draw.chance(rate);
      if (flips && mayFlip(clean[i] == 1, rings.radius(i))) {
        noisy.change(i, 1 - clean[i]);
      }
    }
    return noisy;
  }

  private boolean mayFlip(boolean ring, double radius) {
    return switch (where) {
      case SMALL_MARGIN ->
          ring ? radius < Rings.RING_INNER + MARGIN : radius > Rings.DISC_OUTER - MARGIN;
      case LARGE_MARGIN -> ring ? radius > Rings.RING_OUTER - MARGIN : radius < MARGIN;
      case ANYWHERE -> true;
    };
  }
}
