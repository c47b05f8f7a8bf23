package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.report.Ledger;
import org.perdita.lab.report.LedgerMarkdown;
import org.perdita.lab.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the report again from result lines, without training. */
@Command(name = "report", description = "Make the report again from result lines.")
final class RemakeReport implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..*",
      description = "Folders with results; the --out folder if none is named.")
  private List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report.html goes; the first folder if not said, and out if none is.")
  private @Nullable Path out;

  @Option(names = "--markdown", description = "Print the claim ledger in Markdown instead.")
  private boolean markdown;

  @Option(
      names = "--headlines",
      description = "Print one row a run, its first claim, in Markdown instead.")
  private boolean headlines;

  @Override
  public void run() {
    Path named = out == null ? Path.of("out") : out;
    List<Path> sources = folders.isEmpty() ? List.of(named) : folders;
    PrintWriter print = spec.commandLine().getOut();
    if (headlines) {
      print.print(LedgerMarkdown.headlines(Ledger.read(sources)));
    } else if (markdown) {
      print.print(LedgerMarkdown.whole(Ledger.read(sources)));
    } else {
      if (out != null && !Files.isDirectory(out)) {
        throw new Refusal("--out: " + out + ": no such folder");
      }
      Path target = out == null ? sources.get(0) : out;
      print.println(Report.write(sources, target.resolve("report.html")));
    }
    print.flush();
  }
}
