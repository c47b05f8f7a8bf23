package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.report.Ledger;
import org.perdita.lab.report.Report;
import org.perdita.lab.run.BarDisplay;
import org.perdita.lab.run.Display;
import org.perdita.lab.run.Machine;
import org.perdita.lab.run.PlainDisplay;
import org.perdita.lab.run.Refresh;
import org.perdita.lab.run.ResultStore;
import org.perdita.lab.run.Runner;
import org.perdita.lab.run.Site;
import org.perdita.lab.run.SiteFactory;
import org.perdita.lab.run.Threads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job: train, measure, compare. */
@Command(
    name = "reproduce",
    description = {
      "Put published claims to the test: train, measure, compare, report.",
      "",
      "Finished trainings are kept. After an interruption the same command goes on with the rest."
    })
final class Reproduce implements Callable<Integer> {

  private final Experiments experiments;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "EXPERIMENT",
      arity = "0..*",
      completionCandidates = Names.class,
      description = "Which experiments, see perdita list; all of them if none is named.")
  private List<String> names = List.of();

  @Option(
      names = "--scale",
      defaultValue = "quick",
      description = {
        "How much work: ${COMPLETION-CANDIDATES}; quick if not said.",
        "quick: 90 seconds an experiment on two cores; full: up to 30 minutes, what the"
            + " repository publishes; paper: the published setting."
      })
  private Scale scale = Scale.QUICK;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder with real data; without it each experiment makes its own.")
  private @Nullable Path data;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds; the scale's own number if not said.")
  private @Nullable Integer seeds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many trainings run at a time; one a core if not said.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--on",
      paramLabel = "MASTER",
      description = {
        "Run the trainings on Apache Spark: spark://HOST:PORT is a cluster, local[N] tries it here.",
        "The folder of --data is sent to the workers."
      })
  private @Nullable String on;

  @Option(
      names = "--data-shared",
      description = "With --on: every worker has the folder of --data under the same path.")
  private boolean dataShared;

  @Option(
      names = "--skip-bad",
      description = "Leave out bad images and annotations of --data, and list them.")
  private boolean skipBad;

  @Option(names = "--tune", description = "Choose each loss's parameters on noisy validation data.")
  private boolean tune;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "Where results and report go; ${DEFAULT-VALUE} if not said.")
  private Path out = Path.of("out");

  @Option(names = "--tiny", hidden = true, description = "A miniature that takes seconds.")
  private boolean tiny;

  Reproduce(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public Integer call() {
    List<Experiment> chosen = chosen();
    Request request =
        new Request(
            scale,
            Optional.ofNullable(data),
            seeds == null ? OptionalInt.empty() : OptionalInt.of(seeds),
            tune,
            tiny,
            skipBad);
    try (Site site = site(request)) {
      Runner runner = new Runner(new ResultStore(out), site, display(), new Refresh(this::refresh));
      return CtrlC.stops(runner, () -> run(chosen, request, runner));
    }
  }

  /** Threads of this process, unless the command line or whoever started it says otherwise. */
  private Site site(Request request) {
    Machine here = Machine.here(home());
    Optional<SiteFactory> elsewhere = ServiceLoader.load(SiteFactory.class).findFirst();
    Optional<String> place =
        Optional.ofNullable(on).or(() -> elsewhere.flatMap(SiteFactory::given));
    if (place.isEmpty()) {
      return new Threads(here, threads);
    }
    return elsewhere
        .orElseThrow(
            () -> new Refusal("--on: there is no Spark on the class path; ./perdita brings it"))
        .open(place.get(), request, dataShared, here.commit());
  }

  private int run(List<Experiment> chosen, Request request, Runner runner) {
    int code = Exit.OK;
    int lines = 0;
    for (Experiment experiment : chosen) {
      Runner.Tally tally;
      try {
        Plan plan = experiment.plan(request);
        list(experiment.name(), plan.leftOut());
        tally = runner.run(plan, experiment.engine());
      } catch (Refusal e) {
        complain(experiment.name() + ": " + e.getMessage());
        code = Exit.REFUSED;
        continue;
      }
      if (tally.left() > 0) {
        complain(
            String.format(
                "interrupted: %d trainings of %s are finished and kept, %d are left;"
                    + " run the same command again to go on",
                tally.kept() + tally.finished(), experiment.name(), tally.left()));
        return Exit.INTERRUPTED;
      }
      if (tally.failed() > 0 && code == Exit.OK) {
        code = Exit.FAILED;
      }
      lines += tally.kept() + tally.finished();
    }
    if (lines > 0) {
      PrintWriter print = spec.commandLine().getOut();
      print.println(LedgerText.of(Ledger.read(List.of(out))));
      print.println("The report: " + Report.write(out));
      print.flush();
    }
    return code;
  }

  /** Says what of the data was left out. */
  private void list(String name, List<String> leftOut) {
    if (!leftOut.isEmpty()) {
      complain(name + ": left out " + leftOut.size() + ":");
      leftOut.forEach(sentence -> complain("  " + sentence));
    }
  }

  /** The report so far. What is wrong with it is said when it is written at the end. */
  private void refresh() {
    try {
      Report.write(out);
    } catch (RuntimeException e) {
      // Trainings are worth more than a look at them half-way.
    }
  }

  /** The experiments asked for; whatever is wrong with the command line is said before any work. */
  private List<Experiment> chosen() {
    require(seeds == null || seeds >= 1, "--seeds must be 1 or more, was " + seeds);
    require(threads >= 1, "--threads must be 1 or more, was " + threads);
    if (data != null && !Files.isDirectory(data)) {
      throw new Refusal("--data: " + data + ": no such folder");
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new Refusal("--out: " + out + ": is not a folder");
    }
    try {
      return experiments.named(names);
    } catch (Refusal e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void require(boolean holds, String sentence) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  /** A bar where the launcher saw a terminal, else plain lines. */
  private Display display() {
    return Boolean.getBoolean("perdita.terminal")
        ? new BarDisplay(System.err)
        : new PlainDisplay(spec.commandLine().getErr());
  }

  private void complain(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("perdita reproduce: " + sentence);
    err.flush();
  }

  /** The checkout, which the launcher names. */
  private static Path home() {
    return Path.of(System.getProperty("perdita.home", "."));
  }

  /** What the shell completes. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Experiments.all().names().iterator();
    }
  }
}
