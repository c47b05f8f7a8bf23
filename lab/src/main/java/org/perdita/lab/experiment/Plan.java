package org.perdita.lab.experiment;

import java.util.List;

/**
 * What an experiment will do.
 *
 * @param protocol what will be compared, and under which settings
 * @param trainings every training; they are independent of each other
 */
public record Plan(Protocol protocol, List<Training> trainings) {

  public Plan {
    trainings = List.copyOf(trainings);
  }
}
