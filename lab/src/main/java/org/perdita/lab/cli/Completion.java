package org.perdita.lab.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The shell's side of the command line. */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "",
      "Use it with: source <(perdita completion)"
    })
final class Completion implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().getOut().println(AutoComplete.bash("perdita", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
  }
}
