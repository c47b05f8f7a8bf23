package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Experiment;
import picocli.CommandLine;

/**
 * What a command left behind.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it complained of
 */
record Shell(int code, String out, String err) {

  /** Runs {@code perdita} over some experiments. */
  static Shell perdita(List<Experiment> experiments, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine(new Experiments(experiments));
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    command.setUsageHelpAutoWidth(false);
    int code = command.execute(args);
    return new Shell(code, out.toString(), err.toString());
  }

  static Shell perdita(String... args) {
    return perdita(List.of(), args);
  }
}
