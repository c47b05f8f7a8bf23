package org.perdita.lab.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Training;

/**
 * Runs a plan's trainings that have no line yet, several at a time, each on one thread. One thread,
 * the caller's, writes: a line is on the disk before the next is looked at.
 */
public final class Runner {
  private final ResultStore store;
  private final Machine machine;
  private final int threads;
  private final Display display;
  private final Runnable afterEach;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile boolean stopping;

  /**
   * @param store keeps the lines
   * @param machine for their provenance
   * @param threads how many trainings run at a time, 1 or more
   * @param display shows how far they are
   * @param afterEach called by the calling thread whenever there is a new line
   */
  public Runner(
      ResultStore store, Machine machine, int threads, Display display, Runnable afterEach) {
    this.store = store;
    this.machine = machine;
    this.threads = threads;
    this.display = display;
    this.afterEach = afterEach;
  }

  /**
   * How it went.
   *
   * @param kept trainings finished by an earlier run
   * @param finished trainings finished now
   * @param failed trainings that threw
   * @param left trainings not finished, because the run was stopped
   */
  public record Tally(int kept, int finished, int failed, int left) {}

  /** Ends the run under way, and later ones, at the next step; finished lines stay. */
  public void stop() {
    stopping = true;
    events.add(new Event.Stop());
  }

  /**
   * Runs what is left to do of {@code plan}. A training that throws is told of, and the others go
   * on. Interrupting the calling thread does what {@link #stop} does.
   *
   * @param engine what trains, for the provenance
   */
  public Tally run(Plan plan, String engine) {
    Protocol protocol = plan.protocol();
    Results results = store.begin(protocol);
    results.notes().forEach(display::note);
    Set<Key> known = results.lines().stream().map(Key::of).collect(Collectors.toSet());
    List<Training> toDo =
        plan.trainings().stream().filter(t -> !known.contains(Key.of(protocol, t))).toList();
    int kept = plan.trainings().size() - toDo.size();
    long steps = toDo.stream().mapToLong(Training::steps).sum();
    display.begin(protocol.experiment(), kept, toDo.size(), steps);

    Queue<Training> waiting = new ConcurrentLinkedQueue<>(toDo);
    List<Worker> workers =
        Stream.generate(() -> new Worker(waiting, display, events::add))
            .limit(Math.min(threads, toDo.size()))
            .toList();
    Count count = new Count();
    try {
      workers.forEach(Worker::start);
      while (!stopping && count.ended() < toDo.size()) {
        handle(events.take(), protocol, engine, count);
      }
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    } finally {
      workers.forEach(Worker::stop);
      workers.forEach(Worker::await);
      display.end();
    }
    // What ended while the others were being stopped is finished all the same.
    for (Event event = events.poll(); event != null; event = events.poll()) {
      handle(event, protocol, engine, count);
    }
    return new Tally(kept, count.finished, count.failed, toDo.size() - count.ended());
  }

  private static final class Count {
    private int finished;
    private int failed;

    int ended() {
      return finished + failed;
    }
  }

  private void handle(Event event, Protocol protocol, String engine, Count count) {
    if (event instanceof Event.Finished done) {
      uninterrupted(() -> keep(protocol, engine, done));
      count.finished++;
    } else if (event instanceof Event.Failed failure) {
      fail(protocol, failure);
      count.failed++;
    }
  }

  /**
   * Runs {@code work} on a thread of its own, which an interrupt of this one does not reach: it
   * would close a file that is being written.
   */
  private static void uninterrupted(Runnable work) {
    try {
      CompletableFuture.runAsync(work, task -> new Thread(task, "keeper").start()).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void keep(Protocol protocol, String engine, Event.Finished done) {
    Training training = done.training();
    Outcome outcome = done.outcome();
    ResultLine line =
        new ResultLine(
            protocol.experiment(),
            protocol.scale(),
            protocol.data(),
            training.condition(),
            training.arm(),
            training.seed(),
            outcome.metrics(),
            outcome.curves(),
            store.save(protocol, Key.of(protocol, training), outcome.pictures()),
            outcome.diverged(),
            protocol.settings(),
            machine.now(engine, done.seconds()));
    store.append(protocol, line);
    display.finished(training, outcome, done.seconds());
    afterEach.run();
  }

  private void fail(Protocol protocol, Event.Failed failure) {
    String message = failure.cause().getMessage();
    String first = message == null ? "" : message.strip().lines().findFirst().orElse("");
    String kind = failure.cause().getClass().getSimpleName();
    Path traces = store.folder(protocol.experiment()).resolve("failures.txt");
    String what = Display.name(failure.training()) + " failed: " + kind + ": " + first;
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(
                traces, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      out.println(what);
      failure.cause().printStackTrace(out);
    } catch (IOException e) {
      display.failed(failure.training(), what);
      return;
    }
    display.failed(failure.training(), what + "; the trace is in " + traces);
  }
}
