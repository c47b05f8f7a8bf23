package org.perdita.lab.cli;

import java.io.PrintWriter;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What there is to reproduce. */
@Command(
    name = "list",
    description = "List the experiments, their claims and the data each can use.")
final class ListExperiments implements Runnable {

  private final Experiments experiments;

  @Spec private CommandSpec spec = CommandSpec.create();

  ListExperiments(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (Experiment experiment : experiments.list()) {
      out.println(experiment.name());
      out.println("  claim   " + experiment.claim().sentence());
      out.println("  source  " + experiment.claim().source());
      out.println("  data    " + experiment.data());
    }
    out.flush();
  }
}
