package org.perdita.lab.metrics;

/**
 * How samples spread over the modes of a mixture whose centres are known.
 *
 * <ul>
 *   <li>A sample is of high quality if it is within three standard deviations of the nearest
 *       centre.
 *   <li>A mode is covered if the high-quality samples at it are at least a tenth of its share of
 *       all samples.
 *   <li>The reverse divergence is Σ q log(q / p) over the modes, in nats, with q the share of
 *       samples whose nearest centre it is, good ones and bad, and p the mode's share.
 * </ul>
 *
 * @param covered how many modes are covered
 * @param quality share of samples of high quality
 * @param reverseDivergence KL(samples ‖ mixture) over the modes, from 0 up
 */
public record ModeCoverage(int covered, double quality, double reverseDivergence) {
  private static final double DEVIATIONS = 3;
  private static final double TENTH = 0.1;

  /**
   * The coverage of {@code samples}.
   *
   * @param centres of the modes
   * @param shares of the modes, above 0, summing to 1
   * @param deviation of every mode, the same in all directions
   */
  public static ModeCoverage of(
      Features samples, Features centres, double[] shares, double deviation) {
    Features.requirePair("ModeCoverage", samples, centres, 1);
    int modes = centres.count();
    if (shares.length != modes) {
      throw new IllegalArgumentException(
          "ModeCoverage: there must be a share for each of "
              + modes
              + " centres, were "
              + shares.length);
    }
    int[] nearest = new int[modes];
    int[] good = new int[modes];
    double within = DEVIATIONS * DEVIATIONS * deviation * deviation;
    for (int i = 0; i < samples.count(); i++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int m = 0; m < modes; m++) {
        double distance = samples.squaredDistance(i, centres, m);
        if (distance < least) {
          least = distance;
          best = m;
        }
      }
      nearest[best]++;
      good[best] += least <= within ? 1 : 0;
    }
    double n = samples.count();
    int covered = 0;
    int quality = 0;
    double divergence = 0;
    for (int m = 0; m < modes; m++) {
      double q = nearest[m] / n;
      covered += good[m] >= TENTH * shares[m] * n ? 1 : 0;
      quality += good[m];
      divergence += q == 0 ? 0 : q * Math.log(q / shares[m]);
    }
    return new ModeCoverage(covered, quality / n, Math.max(0, divergence));
  }
}
