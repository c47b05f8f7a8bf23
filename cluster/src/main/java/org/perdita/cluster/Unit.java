package org.perdita.cluster;

import java.io.Serializable;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.run.Key;

/**
 * One training to run somewhere: no code and no data, but what it takes to plan it there.
 *
 * @param order what the training is part of
 * @param key which one it is
 * @param engine what trains, for the provenance
 * @param commit of the code, for the provenance
 */
record Unit(Order order, Key key, String engine, String commit) implements Serializable {

  /**
   * This training among those of {@code plan}.
   *
   * @throws Refusal if it is not there
   */
  Training in(Plan plan) {
    return plan.trainings().stream()
        .filter(training -> Key.of(plan.protocol(), training).equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "the worker plans "
                        + order.experiment()
                        + " with other settings or losses;"
                        + " does it see the same data?"));
  }
}
