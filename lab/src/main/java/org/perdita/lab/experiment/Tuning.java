package org.perdita.lab.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses, for each group of arms and each condition, the arm with the best mean of the protocol's
 * tuning metric over the seeds: the highest, or the lowest where less is better. That metric is
 * measured on validation data; test measures play no part.
 */
public final class Tuning {
  private Tuning() {}

  /** The lines of the chosen arms; all lines when the protocol does not tune. */
  public static List<ResultLine> chosen(Protocol protocol, List<ResultLine> lines) {
    if (protocol.tunedBy().isEmpty()) {
      return List.copyOf(lines);
    }
    String metric = protocol.tunedBy().get();
    double up = protocol.measure(metric).better() == Measure.Better.HIGHER ? 1 : -1;
    Map<String, Map<String, List<ResultLine>>> cells = new LinkedHashMap<>();
    for (ResultLine line : lines) {
      String cell = line.condition().label() + "\n" + line.arm().group();
      cells
          .computeIfAbsent(cell, c -> new LinkedHashMap<>())
          .computeIfAbsent(line.arm().name(), a -> new ArrayList<>())
          .add(line);
    }
    List<ResultLine> chosen = new ArrayList<>();
    for (Map<String, List<ResultLine>> arms : cells.values()) {
      List<ResultLine> best = List.of();
      double most = Double.NEGATIVE_INFINITY;
      for (List<ResultLine> arm : arms.values()) {
        double mean =
            arm.stream()
                .mapToDouble(l -> tuned(l, metric, up))
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
        if (best.isEmpty() || mean > most) {
          best = arm;
          most = mean;
        }
      }
      chosen.addAll(best);
    }
    return chosen;
  }

  private static double tuned(ResultLine line, String metric, double up) {
    Double value = line.metrics().get(metric);
    return value == null ? Double.NEGATIVE_INFINITY : up * value;
  }
}
