package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.golden.GoldenCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds Perdita against numbers from elsewhere. */
@Command(
    name = "check",
    description = {
      "Check golden files: value and gradient of every case against Perdita's own.",
      "",
      "Prints a line for each case that fails, and a closing count. docs/golden-format.md describes"
          + " the format; any library in any language can write it."
    })
final class Check implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Golden files.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    GoldenCheck check = new GoldenCheck();
    GoldenCheck.Tally tally = new GoldenCheck.Tally(0, 0, 0);
    boolean damaged = false;
    for (Path file : files) {
      try {
        tally = tally.plus(check.check(file, out::println));
      } catch (Refusal e) {
        damaged = true;
        spec.commandLine().getErr().println("perdita check: " + e.getMessage());
      }
    }
    out.printf(
        "%d passed, %d failed, %d not implemented%n",
        tally.passed(), tally.failed(), tally.notImplemented());
    out.flush();
    spec.commandLine().getErr().flush();
    return tally.failed() > 0 ? Exit.FAILED : damaged ? Exit.REFUSED : Exit.OK;
  }
}
