package org.perdita.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one sentence on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** The command line was not understood. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    say(command, firstLine(e.getMessage()) + suggestion(e) + "; see " + name + " --help");
    return Exit.USAGE;
  }

  private static String suggestion(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? ", did you mean " + unmatched.getSuggestions().get(0)
        : "";
  }

  /** The command was understood and did not end well. */
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof InterruptedException) {
      say(command, "interrupted");
      return Exit.INTERRUPTED;
    }
    if (e instanceof Refusal) {
      say(command, firstLine(e.getMessage()));
      return Exit.REFUSED;
    }
    return unexpected(e, command);
  }

  private static int unexpected(Exception e, CommandLine command) {
    String what = "something unexpected happened: " + describe(e);
    if (Main.debug(command)) {
      say(command, what);
      e.printStackTrace(command.getErr());
      command.getErr().flush();
      return Exit.FAILED;
    }
    try {
      Path trace = Files.createTempFile("perdita-", ".trace");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(trace))) {
        e.printStackTrace(out);
      }
      say(command, what + "; the full trace is in " + trace);
    } catch (IOException unwritable) {
      say(command, what + "; run again with --debug for the full trace");
    }
    return Exit.FAILED;
  }

  /** An exception's kind and the first line of its message. */
  static String describe(Throwable e) {
    String message = firstLine(e.getMessage());
    String kind = e.getClass().getSimpleName();
    return message.isEmpty() ? kind : kind + ": " + message;
  }

  private static void say(CommandLine command, String sentence) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence);
    command.getErr().flush();
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.strip().lines().findFirst().orElse("");
  }
}
