package org.perdita.lab.run;

import java.util.Optional;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;

/** Makes the places of {@code --on}; found on the class path by {@link java.util.ServiceLoader}. */
public interface SiteFactory {

  /** Where whoever started this process wants the trainings, if they said so. */
  Optional<String> given();

  /**
   * Reaches the place.
   *
   * @param on what {@code --on} says, or {@link #given}
   * @param request what is asked for, with the data to be taken there
   * @param shared whether the data lies under the same path over there and need not be sent
   * @param commit of the code that trains
   * @throws Refusal if there is no such place, with one sentence that says so
   */
  Site open(String on, Request request, boolean shared, String commit);
}
