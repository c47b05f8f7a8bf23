package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.perdita.lab.coco.Found;
import org.perdita.lab.coco.Truth;

/**
 * How well the scores of detections say how good their boxes are. Looked at are detections that
 * overlap an object of their class by an IoU of 0.5 or more.
 *
 * @param correlation Pearson's, between score and IoU; 0 where there are not two such detections
 * @param precise the share of them with an IoU of 0.9 or more
 */
record BoxQuality(double correlation, double precise) {
  private static final double FOUND = 0.5;
  private static final double PRECISE = 0.9;

  static BoxQuality of(List<Truth> truth, List<Found> found) {
    Map<Integer, List<Truth>> byImage =
        truth.stream().filter(t -> !t.crowd()).collect(Collectors.groupingBy(Truth::image));
    List<double[]> pairs = new ArrayList<>();
    for (Found f : found) {
      double best = 0;
      for (Truth t : byImage.getOrDefault(f.image(), List.of())) {
        best = t.category() == f.category() ? Math.max(best, iou(f, t)) : best;
      }
      if (best >= FOUND) {
        pairs.add(new double[] {f.score(), best});
      }
    }
    long precise = pairs.stream().filter(pair -> pair[1] >= PRECISE).count();
    return new BoxQuality(correlation(pairs), precise / (double) Math.max(1, pairs.size()));
  }

  private static double iou(Found f, Truth t) {
    double w = Math.min(f.x() + f.width(), t.x() + t.width()) - Math.max(f.x(), t.x());
    double h = Math.min(f.y() + f.height(), t.y() + t.height()) - Math.max(f.y(), t.y());
    double shared = Math.max(0, w) * Math.max(0, h);
    return shared == 0 ? 0 : shared / (f.width() * f.height() + t.width() * t.height() - shared);
  }

  private static double correlation(List<double[]> pairs) {
    int n = pairs.size();
    double x = pairs.stream().mapToDouble(p -> p[0]).average().orElse(0);
    double y = pairs.stream().mapToDouble(p -> p[1]).average().orElse(0);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (double[] p : pairs) {
      xx += (p[0] - x) * (p[0] - x);
      yy += (p[1] - y) * (p[1] - y);
      xy += (p[0] - x) * (p[1] - y);
    }
    return n < 2 || xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }
}
