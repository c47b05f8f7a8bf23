package org.perdita.lab.coco;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.perdita.lab.coco.CocoEvaluator.Matches;

/** Precision over recall of one category's detections, at one threshold. */
final class Curve {
  /** Recall 0, 0.01, … 1. */
  private static final int POINTS = 101;

  /** numpy's spacing(1). */
  private static final double TINY = Math.ulp(1.0);

  private final int objects;
  private final int[] hits;
  private final double[] recall;
  private final double[] precision;

  private Curve(int objects, boolean[] hit, boolean[] ignored) {
    this.objects = objects;
    int n = hit.length;
    this.hits = new int[n];
    this.recall = new double[n];
    this.precision = new double[n];
    int right = 0;
    int wrong = 0;
    for (int i = 0; i < n; i++) {
      if (!ignored[i]) {
        right += hit[i] ? 1 : 0;
        wrong += hit[i] ? 0 : 1;
      }
      hits[i] = right;
      recall[i] = (double) right / objects;
      precision[i] = right / (wrong + right + TINY);
    }
    for (int i = n - 1; i > 0; i--) {
      precision[i - 1] = Math.max(precision[i - 1], precision[i]);
    }
  }

  /** The mean over the points of recall; 0 where recall does not get. */
  private double averagePrecision() {
    double sum = 0;
    int at = 0;
    for (int point = 0; point < POINTS; point++) {
      double wanted = point == POINTS - 1 ? 1 : point * 0.01;
      while (at < recall.length && recall[at] < wanted) {
        at++;
      }
      if (at < recall.length) {
        sum += precision[at];
      }
    }
    return sum / POINTS;
  }

  private double greatestRecall() {
    return hits.length == 0 ? 0 : (double) hits[hits.length - 1] / objects;
  }

  /**
   * Writes column {@code category} of average precision and recall, by threshold; −1 where there is
   * nothing to find.
   *
   * @param matches of each image, in the order of ids
   * @param most how many detections of each image count
   */
  static void measure(
      List<Matches> matches, int most, int category, double[][] precision, double[][] recall) {
    int objects = matches.stream().mapToInt(m -> m.objects).sum();
    int n = matches.stream().mapToInt(m -> Math.min(most, m.scores.length)).sum();
    int[][] from = new int[n][];
    int at = 0;
    for (int image = 0; image < matches.size(); image++) {
      int some = Math.min(most, matches.get(image).scores.length);
      for (int d = 0; d < some; d++) {
        from[at++] = new int[] {image, d};
      }
    }
    Arrays.sort(from, Comparator.comparingDouble(f -> -matches.get(f[0]).scores[f[1]]));
    for (int t = 0; t < precision.length; t++) {
      boolean[] hit = new boolean[n];
      boolean[] ignored = new boolean[n];
      for (int i = 0; i < n; i++) {
        Matches m = matches.get(from[i][0]);
        hit[i] = m.hit[t][from[i][1]];
        ignored[i] = m.ignored[t][from[i][1]];
      }
      Curve curve = new Curve(objects, hit, ignored);
      precision[t][category] = objects == 0 ? -1 : curve.averagePrecision();
      recall[t][category] = objects == 0 ? -1 : curve.greatestRecall();
    }
  }
}
