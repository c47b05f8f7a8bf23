package org.perdita.lab.run;

import java.nio.file.Path;
import java.util.List;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.ResultLine;

/**
 * What is known of one experiment at one scale on one data set.
 *
 * @param protocol what was set out to do, as last begun
 * @param file where the lines are, or will be; their pictures are named relative to it
 * @param lines the finished trainings that belong to the protocol, each once, in the order written
 * @param notes what was left out of the file, and why; a sentence each
 */
public record Results(Protocol protocol, Path file, List<ResultLine> lines, List<String> notes) {

  public Results {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }
}
