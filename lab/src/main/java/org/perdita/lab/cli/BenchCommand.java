package org.perdita.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.bench.Bench;
import org.perdita.lab.bench.BenchResult;
import org.perdita.lab.bench.BenchTables;
import org.perdita.lab.bench.Size;
import org.perdita.lab.experiment.Refusal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast and how exact the kernels are. */
@Command(
    name = "bench",
    description = {
      "Time the kernels beside the same losses composed from libtorch's operators.",
      "",
      "Value and gradient, float32, one thread, no flags. Each ratio is taken in one process, in"
          + " alternating rounds; a first process runs with the system's malloc as it comes, a"
          + " second with glibc's malloc tuned for libtorch. Growth, a second thread, allocation,"
          + " the adapter and the accuracy follow. Takes about half an hour and 6 GB of memory, or"
          + " about two and a half minutes with --quick. Other work on the machine disturbs it."
    })
final class BenchCommand implements Callable<Integer> {

  @ArgGroup private Cut cut = new Cut();

  /** Less than the full measurement. */
  private static final class Cut {
    @Option(names = "--quick", description = "Small sizes and few rounds: for a look.")
    private boolean quick;

    @Option(names = "--tiny", hidden = true, description = "Figures without meaning, at once.")
    private boolean tiny;

    Size size() {
      return tiny ? Size.TINY : quick ? Size.QUICK : Size.FULL;
    }
  }

  @Option(names = "--markdown", description = "Print the tables as Markdown.")
  private boolean markdown;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write all figures to this file too.")
  private @Nullable Path json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (json != null) {
      write(json, ""); // better refused now than after half an hour
    }
    PrintWriter err = spec.commandLine().getErr();
    BenchResult result =
        Bench.run(
            Path.of(System.getProperty("perdita.home", ".")),
            cut.size(),
            measured -> {
              err.println("bench: " + measured);
              err.flush();
            });
    PrintWriter out = spec.commandLine().getOut();
    out.print(markdown ? BenchTables.markdown(result) : BenchTables.text(result));
    out.flush();
    if (json != null) {
      write(json, BenchTables.json(result));
    }
    return Exit.OK;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw Refusal.file(file, "written", e);
    }
  }
}
