package org.perdita.lab.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation: whether one number rises where another does, however much. 1 where
 * it always does, −1 where it always falls, 0 where neither says anything of the other. Equal
 * numbers share the mean of their ranks.
 */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * The correlation of pairs; 0 if one side never changes.
   *
   * @throws IllegalArgumentException if the lists are not as long, or hold fewer than two numbers
   */
  public static double of(List<Double> a, List<Double> b) {
    if (a.size() != b.size() || a.size() < 2) {
      throw new IllegalArgumentException(
          "RankCorrelation: there must be at least two pairs, were "
              + a.size()
              + " and "
              + b.size()
              + " numbers");
    }
    double[] first = ranks(a);
    double[] second = ranks(b);
    double mean = (a.size() - 1) / 2.0;
    double both = 0;
    double squaresFirst = 0;
    double squaresSecond = 0;
    for (int i = 0; i < first.length; i++) {
      both += (first[i] - mean) * (second[i] - mean);
      squaresFirst += (first[i] - mean) * (first[i] - mean);
      squaresSecond += (second[i] - mean) * (second[i] - mean);
    }
    double scale = Math.sqrt(squaresFirst * squaresSecond);
    return scale == 0 ? 0 : both / scale;
  }

  private static double[] ranks(List<Double> numbers) {
    int[] order =
        IntStream.range(0, numbers.size())
            .boxed()
            .sorted(Comparator.comparing(numbers::get))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[order.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && numbers.get(order[to]).equals(numbers.get(order[from]))) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
