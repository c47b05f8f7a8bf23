package org.perdita.lab.bench;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * The measuring process. {@link Bench} starts one for each {@link Malloc}, because the setting is
 * read when a process starts. Everything runs on one thread, the only one of its pool, so that the
 * kernels use one thread; libtorch is told the same.
 */
final class Worker {
  private final Size size;
  private final PrintStream out;

  private Worker(Size size, PrintStream out) {
    this.size = size;
    this.out = out;
  }

  /**
   * Measures, and prints a {@link Message} a line. Ends with code 1, and one sentence on stderr, if
   * it cannot.
   *
   * @param args the name of a {@link Malloc}, and of a {@link Size}
   */
  public static void main(String[] args) throws InterruptedException {
    Worker worker = new Worker(Size.valueOf(args[1]), System.out);
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      one.submit(() -> worker.measure(Malloc.valueOf(args[0]))).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      System.err.println("bench: " + cause);
      System.exit(1);
    }
  }

  private @Nullable Void measure(Malloc malloc) throws InterruptedException, ExecutionException {
    workloads();
    if (malloc == Malloc.PLAIN) {
      kernels();
    }
    return null;
  }

  private void workloads() {
    for (Workload workload : Workloads.all(size)) {
      try (Contest contest = new Contest(workload)) {
        Race race = new Race(size);
        say(new Message(timed(workload, race, contest), null));
      }
    }
  }

  private static Timed timed(Workload workload, Race race, Contest contest) {
    List<Entrant> entrants = List.copyOf(contest.entrants().keySet());
    List<Timing> timings = race.run(List.copyOf(contest.entrants().values()));
    Map<Entrant, Timing> times = new EnumMap<>(Entrant.class);
    for (int i = 0; i < entrants.size(); i++) {
      times.put(entrants.get(i), timings.get(i));
    }
    return new Timed(workload.name(), workload.elements(), times);
  }

  private void kernels() throws InterruptedException, ExecutionException {
    Scaling scaling = new Scaling(size);
    say(scaling.growth());
    say(scaling.secondThread());
    say(scaling.allocation());
    say(scaling.adapter());
    RegionKernels regions = new RegionKernels(size);
    say(regions.distances());
    say(regions.losses());
    say(new GramProducts(size).figures());
    say(new TrainingStep(size).figures());
    say(new GanSteps(size).figures());
    say(new DetectionStep(size).figures());
    say(new DetectorSteps(size).figures());
    say(Accuracy.focal());
    say(List.of(Accuracy.sum(size.large())));
    say(Accuracy.certainty());
  }

  private void say(List<Figure> figures) {
    figures.forEach(figure -> say(new Message(null, figure)));
  }

  private void say(Message message) {
    out.println(message.line());
    out.flush();
  }
}
