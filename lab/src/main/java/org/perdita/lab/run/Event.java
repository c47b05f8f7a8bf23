package org.perdita.lab.run;

import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Training;

/** What the writing thread of a run is told. */
sealed interface Event {

  /** A training ended well. */
  record Finished(Training training, Outcome outcome, double seconds) implements Event {}

  /** A training threw. */
  record Failed(Training training, Throwable cause) implements Event {}

  /** A person has had enough. */
  record Stop() implements Event {}
}
