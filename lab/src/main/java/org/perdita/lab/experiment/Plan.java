package org.perdita.lab.experiment;

import java.util.List;

/**
 * What an experiment will do.
 *
 * @param protocol what will be compared, and under which settings
 * @param trainings every training; they are independent of each other
 * @param leftOut what of the data was bad and skipped, one sentence each
 */
public record Plan(Protocol protocol, List<Training> trainings, List<String> leftOut) {

  public Plan {
    trainings = List.copyOf(trainings);
    leftOut = List.copyOf(leftOut);
  }

  /** Nothing was left out. */
  public Plan(Protocol protocol, List<Training> trainings) {
    this(protocol, trainings, List.of());
  }
}
