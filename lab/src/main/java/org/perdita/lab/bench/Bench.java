package org.perdita.lab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.global.torch;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.run.Machine;

/**
 * The whole bench: one measuring process for each {@link Malloc}, and what their times say about
 * the goals.
 */
public final class Bench {
  private final Size size;
  private final Consumer<String> progress;

  private final Map<Malloc, List<Timed>> timed = new EnumMap<>(Malloc.class);
  private final List<Figure> measured = new ArrayList<>();

  private Bench(Size size, Consumer<String> progress) {
    this.size = size;
    this.progress = progress;
  }

  /**
   * Measures; about half an hour, or two and a half minutes when quick.
   *
   * @param home the checkout, whose commit is noted
   * @param progress hears what has just been measured
   * @throws Refusal if a measuring process ends early
   */
  public static BenchResult run(Path home, Size size, Consumer<String> progress)
      throws IOException, InterruptedException {
    Bench bench = new Bench(size, progress);
    double before = Canary.processors();
    for (Malloc malloc : Malloc.values()) {
      bench.measure(malloc);
    }
    double after = Canary.processors();
    List<Figure> figures = bench.goals();
    figures.addAll(bench.measured);
    return new BenchResult(Machine.here(home), engine(), size, before, after, bench.timed, figures);
  }

  private static String engine() {
    return "org.bytedeco:pytorch " + torch.class.getPackage().getImplementationVersion();
  }

  private void measure(Malloc malloc) throws IOException, InterruptedException {
    List<Timed> workloads = timed.computeIfAbsent(malloc, m -> new ArrayList<>());
    ProcessBuilder builder = new ProcessBuilder(command(malloc));
    malloc.apply(builder.environment());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    Thread end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(malloc, line, workloads);
      }
    }
    int exit = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(end);
    if (exit != 0) {
      throw new Refusal(
          "bench: the measuring process ended with code "
              + exit
              + "; if memory was short, try --quick");
    }
  }

  private void hear(Malloc malloc, String line, List<Timed> workloads) throws IOException {
    if (!line.startsWith("{")) {
      return;
    }
    Message message = Message.read(line);
    Timed workload = message.timed();
    Figure figure = message.figure();
    if (workload != null) {
      workloads.add(workload);
      progress.accept(workload.workload() + ", " + malloc.title());
    } else if (figure != null) {
      measured.add(figure);
      progress.accept(figure.subject() + ", " + figure.quantity());
    }
  }

  private List<String> command(Malloc malloc) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
        .forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Worker.class.getName());
    command.add(malloc.name());
    command.add(size.name());
    return command;
  }

  /** The goals of the workloads, with what the two processes found. */
  private List<Figure> goals() {
    Map<String, Timed> plain = byName(Malloc.PLAIN);
    Map<String, Timed> tuned = byName(Malloc.TUNED);
    List<Figure> figures = new ArrayList<>();
    for (Workload workload : Workloads.all(size)) {
      Timed first = plain.get(workload.name());
      Timed second = tuned.get(workload.name());
      if (first != null && second != null) {
        for (Workload.Goal goal : workload.goals()) {
          figures.add(goal.quantity().of(first, second, goal.limit()));
        }
      }
    }
    figures.add(otherGammas(plain));
    return figures;
  }

  /** The exponent must not matter much. */
  private static Figure otherGammas(Map<String, Timed> plain) {
    double two = Double.NaN;
    double slowest = 0;
    for (Timed timed : plain.values()) {
      if (timed.workload().startsWith(Workloads.FOCAL + 2.0)) {
        two = timed.perdita();
      } else if (timed.workload().startsWith(Workloads.FOCAL)) {
        slowest = Math.max(slowest, timed.perdita());
      }
    }
    return Figure.atMost(
        2, Workloads.FOCAL + "other than 2", "slowest, of the time of gamma 2", slowest / two);
  }

  private Map<String, Timed> byName(Malloc malloc) {
    Map<String, Timed> byName = new HashMap<>();
    timed.getOrDefault(malloc, List.of()).forEach(t -> byName.put(t.workload(), t));
    return byName;
  }
}
