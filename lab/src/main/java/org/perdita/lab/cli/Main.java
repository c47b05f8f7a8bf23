package org.perdita.lab.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Scale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The one command, {@code perdita}. */
@Command(
    name = "perdita",
    header = "Loss functions, and the claims made for them, put to the test.",
    footer = {"", "Start with: perdita reproduce"})
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the full trace of an unexpected failure.")
  private boolean debug;

  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine(Experiments.all()).execute(args));
  }

  /** The command over a shelf of experiments. */
  public static CommandLine commandLine(Experiments experiments) {
    CommandLine main = new CommandLine(new Main());
    main.addSubcommand(new Reproduce(experiments));
    main.addSubcommand(new ListExperiments(experiments));
    main.addSubcommand(new RemakeReport());
    main.addSubcommand(new Check());
    main.addSubcommand(new Explain());
    main.addSubcommand(new BenchCommand());
    main.addSubcommand(new TrainDetector());
    main.addSubcommand(new Detect());
    main.addSubcommand(new SegmentCommand());
    main.addSubcommand(new Stylize());
    main.addSubcommand(new Upscale());
    main.addSubcommand(new TrainFeatures());
    main.addSubcommand(new TrainUpscaler());
    main.addSubcommand(new Completion());
    Failures failures = new Failures();
    main.setParameterExceptionHandler(failures);
    main.setExecutionExceptionHandler(failures);
    main.registerConverter(Scale.class, Main::scale);
    main.setUsageHelpAutoWidth(true);
    document(main);
    return main;
  }

  /** With no subcommand: the help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Whether {@code --debug} was given, at any level. */
  static boolean debug(CommandLine command) {
    return command.getCommandSpec().root().userObject() instanceof Main main && main.debug;
  }

  private static Scale scale(String word) {
    return Arrays.stream(Scale.values())
        .filter(scale -> scale.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    Arrays.stream(Scale.values())
                        .map(Scale::toString)
                        .collect(Collectors.joining(", ", "'" + word + "' is not one of ", ""))));
  }

  private static void document(CommandLine command) {
    command
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .versionProvider(new Version())
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(CommandLine.Model.UsageMessageSpec.keyValuesMap(Exit.MEANINGS));
    command.getSubcommands().values().forEach(Main::document);
  }

  /** The version of the library and of what runs it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String own = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        String.format(
            "perdita %s (Java %s, %s)",
            own == null ? "unpackaged" : own, Runtime.version(), System.getProperty("os.arch"))
      };
    }
  }
}
