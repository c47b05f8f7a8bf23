package org.perdita.lab.run;

import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.ResultLine.Provenance;
import org.perdita.lab.experiment.Training;

/** What the writing thread of a run is told. Told twice of a training, it believes the first. */
public sealed interface Event {

  /** A training ended well. */
  record Finished(Training training, Outcome outcome, Provenance provenance) implements Event {}

  /** A training threw. */
  record Failed(Training training, Failure failure) implements Event {}

  /** No more is to come: a person has had enough, or there is nothing left to run on. */
  record Stop() implements Event {}
}
