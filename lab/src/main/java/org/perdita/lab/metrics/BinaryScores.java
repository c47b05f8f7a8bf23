package org.perdita.lab.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What probabilities of a yes are worth beside what was true. */
public final class BinaryScores {
  private static final double LEAST = 1e-7;

  private BinaryScores() {}

  /** A point of the precision-recall curve. */
  public record Point(double recall, double precision) {}

  /** A bin of a reliability diagram: what was said on average, and how often it was so. */
  public record Bin(double said, double observed, int rows) {}

  /**
   * The area under the precision-recall curve as average precision: Σ (recall step) × precision,
   * over the distinct scores from the highest down. A random order gives the share of positives.
   *
   * @param scores any that rise with the probability
   * @param labels 1 for a positive, 0 for a negative; at least one positive
   */
  public static double averagePrecision(float[] scores, float[] labels) {
    double area = 0;
    double before = 0;
    for (Point point : curve(scores, labels)) {
      area += (point.recall() - before) * point.precision();
      before = point.recall();
    }
    return area;
  }

  /** The curve's points, by rising recall; one a distinct score. */
  public static Point[] curve(float[] scores, float[] labels) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparing((Integer i) -> -scores[i]));
    double positives = 0;
    for (float label : labels) {
      positives += label;
    }
    Point[] points = new Point[scores.length];
    int count = 0;
    double found = 0;
    for (int rank = 0; rank < order.length; rank++) {
      found += labels[order[rank]];
      boolean last = rank + 1 == order.length;
      if (last || scores[order[rank]] != scores[order[rank + 1]]) {
        points[count++] = new Point(found / positives, found / (rank + 1));
      }
    }
    return Arrays.copyOf(points, count);
  }

  /** The mean of −log of the probability of what is true, held 1e-7 away from 0. */
  public static double logLoss(float[] p, float[] labels) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double right = labels[i] > 0 ? p[i] : 1 - p[i];
      sum -= Math.log(Math.max(right, LEAST));
    }
    return sum / p.length;
  }

  /**
   * The expected calibration error over bins of equally many rows: the mean of |said − observed|,
   * each bin counting by its rows.
   */
  public static double calibrationError(float[] p, float[] labels, int bins) {
    double sum = 0;
    for (Bin bin : reliability(p, labels, bins)) {
      sum += Math.abs(bin.said() - bin.observed()) * bin.rows() / p.length;
    }
    return sum;
  }

  /** The bins by rising probability. */
  public static Bin[] reliability(float[] p, float[] labels, int bins) {
    Integer[] order = IntStream.range(0, p.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparing((Integer i) -> p[i]));
    Bin[] all = new Bin[bins];
    for (int b = 0; b < bins; b++) {
      int from = (int) ((long) b * p.length / bins);
      int to = (int) ((b + 1L) * p.length / bins);
      double said = 0;
      double observed = 0;
      for (int rank = from; rank < to; rank++) {
        said += p[order[rank]];
        observed += labels[order[rank]];
      }
      int rows = to - from;
      all[b] = new Bin(said / Math.max(1, rows), observed / Math.max(1, rows), rows);
    }
    return all;
  }
}
