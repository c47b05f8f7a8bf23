package org.perdita.lab.run;

import java.util.List;
import java.util.function.Consumer;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Training;

/** Where trainings are run: on threads of this process, or elsewhere. */
public interface Site extends AutoCloseable {

  /**
   * Takes up trainings, and returns while they run.
   *
   * @param plan the plan they are part of
   * @param engine what trains, for the provenance
   * @param toDo each of these objects is told of when it ends, more than once if need be
   * @param display told of what begins and how far it is
   * @param told may be called by any thread
   */
  Work begin(Plan plan, String engine, List<Training> toDo, Display display, Consumer<Event> told);

  /** No more trainings are coming. */
  @Override
  default void close() {}

  /** Trainings that were taken up. */
  interface Work {
    /** Ends the trainings under way at their next step, and waits a moment for them. */
    void stop();
  }
}
