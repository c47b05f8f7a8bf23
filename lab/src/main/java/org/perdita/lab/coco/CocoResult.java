package org.perdita.lab.coco;

import java.util.Arrays;
import java.util.List;

/**
 * What COCO's evaluation says of detections. Everywhere −1 stands for what cannot be measured,
 * because there is no object to find.
 *
 * @param stats the twelve numbers of COCO's summary, in its order; see {@link #NAMES}
 * @param byThreshold average precision by IoU threshold (0.50, 0.55, … 0.95) and by category, in
 *     the order of the categories
 */
public record CocoResult(List<Double> stats, List<List<Double>> byThreshold) {

  /** What the twelve numbers are called. */
  public static final List<String> NAMES =
      List.of(
          "AP",
          "AP50",
          "AP75",
          "AP small",
          "AP medium",
          "AP large",
          "AR 1",
          "AR 10",
          "AR 100",
          "AR small",
          "AR medium",
          "AR large");

  public CocoResult {
    stats = List.copyOf(stats);
    byThreshold = byThreshold.stream().map(List::copyOf).toList();
  }

  /** Average precision, the mean over thresholds 0.50 … 0.95. */
  public double ap() {
    return stats.get(0);
  }

  /** Average precision where an IoU of 0.50 is enough. */
  public double ap50() {
    return stats.get(1);
  }

  /** Average precision where an IoU of 0.75 is wanted. */
  public double ap75() {
    return stats.get(2);
  }

  /** Average precision where an IoU of 0.80 is wanted. */
  public double ap80() {
    return meanOfMeasured(byThreshold.get(6));
  }

  /** Average precision where an IoU of 0.90 is wanted. */
  public double ap90() {
    return meanOfMeasured(byThreshold.get(8));
  }

  /** Average precision of each category, the mean over thresholds. */
  public List<Double> perClass() {
    int categories = byThreshold.get(0).size();
    double[] each = new double[categories];
    for (int k = 0; k < categories; k++) {
      int category = k;
      each[k] = meanOfMeasured(byThreshold.stream().map(row -> row.get(category)).toList());
    }
    return Arrays.stream(each).boxed().toList();
  }

  static double meanOfMeasured(List<Double> numbers) {
    return numbers.stream().mapToDouble(d -> d).filter(d -> d > -1).average().orElse(-1);
  }
}
