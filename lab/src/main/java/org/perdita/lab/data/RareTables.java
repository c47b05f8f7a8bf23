package org.perdita.lab.data;

import java.util.Random;

/**
 * Draws tables with few positives. Eight of twelve normal columns carry a score with products,
 * waves and steps in it, and a row is positive with probability σ(4 (score − c)): no model can tell
 * all of them, and c makes the share of positives what is asked for.
 */
public final class RareTables {
  private static final int COLUMNS = 12;
  private static final double STEEPNESS = 4;
  private static final int REFERENCE = 200_000;
  private static final long REFERENCE_SEED = 77;

  private final String name;
  private final double threshold;

  private RareTables(String name, double threshold) {
    this.name = name;
    this.threshold = threshold;
  }

  /**
   * Tables of which a share of {@code rate} is expected to be positive.
   *
   * @param rate above 0 and below 1
   */
  public static RareTables withShare(double rate) {
    Random random = new Random(REFERENCE_SEED);
    double[] scores = new double[REFERENCE];
    float[] row = new float[COLUMNS];
    for (int i = 0; i < REFERENCE; i++) {
      fill(row, 0, random);
      scores[i] = score(row, 0);
    }
    double low = -50;
    double high = 50;
    for (int step = 0; step < 60; step++) {
      double middle = 0.5 * (low + high);
      double share = 0;
      for (double score : scores) {
        share += probability(score, middle) / REFERENCE;
      }
      if (share > rate) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new RareTables("drawn rows, " + 100 * rate + " % positive", high);
  }

  /** {@code rows} rows that {@code seed} draws. */
  public Table draw(int rows, long seed) {
    Random random = new Random(seed);
    float[] cells = new float[rows * COLUMNS];
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      fill(cells, i * COLUMNS, random);
      double p = probability(score(cells, i * COLUMNS), threshold);
      labels[i] = random.nextDouble() < p ? 1 : 0;
    }
    return new Table(name, COLUMNS, cells, labels);
  }

  private static void fill(float[] cells, int from, Random random) {
    for (int k = 0; k < COLUMNS; k++) {
      cells[from + k] = (float) random.nextGaussian();
    }
  }

  private static double score(float[] cells, int from) {
    double step = cells[from + 5] > 0.5 ? 1 : 0;
    return 0.8 * cells[from]
        + 0.8 * cells[from + 1] * cells[from + 2]
        + Math.sin(2 * cells[from + 3])
        + 0.5 * Math.abs(cells[from + 4])
        + step
        + 0.6 * Math.min(cells[from + 6], cells[from + 7]);
  }

  private static double probability(double score, double threshold) {
    return 1 / (1 + Math.exp(-STEEPNESS * (score - threshold)));
  }
}
