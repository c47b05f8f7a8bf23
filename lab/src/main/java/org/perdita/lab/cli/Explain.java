package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.util.List;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.parity.Counterpart;
import org.perdita.lab.parity.Counterparts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why our numbers differ from another library's, and how to get its number. */
@Command(
    name = "explain",
    description = {
      "Say how to get another library's number from Perdita.",
      "",
      "Without a loss: which losses and libraries there are. The code that is printed is run by the"
          + " tests on a golden case that the library made."
    })
final class Explain implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "LOSS",
      arity = "0..1",
      defaultValue = "",
      description = "A loss by its class, such as FocalLoss.")
  private String loss = "";

  @Option(
      names = "--like",
      paramLabel = "LIBRARY",
      defaultValue = "",
      description = "A library, or a part of its name, such as torchvision.")
  private String library = "";

  @Option(names = "--markdown", description = "Print the whole page of the documentation.")
  private boolean markdown;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (markdown) {
      out.print(Counterparts.markdown());
    } else if (loss.isEmpty()) {
      Counterparts.byLoss()
          .forEach(
              (name, its) -> {
                out.println(name);
                its.forEach(c -> out.println("  " + c.library()));
              });
    } else {
      chosen().forEach(c -> print(out, c));
    }
    out.flush();
  }

  private List<Counterpart> chosen() {
    List<Counterpart> found = Counterparts.of(loss, library);
    if (!found.isEmpty()) {
      return found;
    }
    List<Counterpart> ofLoss = Counterparts.of(loss, "");
    if (ofLoss.isEmpty()) {
      throw new Refusal(
          "no library's "
              + loss
              + " is explained; there is "
              + String.join(", ", Counterparts.byLoss().keySet()));
    }
    throw new Refusal(
        "'"
            + library
            + "' is not among the libraries of "
            + ofLoss.get(0).loss()
            + ": "
            + String.join("; ", ofLoss.stream().map(Counterpart::library).toList()));
  }

  private static void print(PrintWriter out, Counterpart c) {
    out.println(c.loss() + " like " + c.library());
    out.println("  there   " + c.call());
    out.println("  differs " + c.convention());
    if (!c.wrong().isEmpty()) {
      out.println("  wrong   " + c.wrong());
    }
    out.println();
    c.code().lines().forEach(line -> out.println("    " + line));
    out.println();
    out.println("  held to " + c.golden() + " of " + c.file());
    out.println();
  }
}
