package org.perdita.lab.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Training;

/**
 * Has a plan's trainings run that have no line yet. One thread, the caller's, writes: a line is on
 * the disk before the next is looked at, and a training gets one line however often it is told of.
 */
public final class Runner {
  private final ResultStore store;
  private final Site site;
  private final Display display;
  private final Runnable afterEach;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile boolean stopping;

  /**
   * @param store keeps the lines
   * @param site runs the trainings
   * @param display shows how far they are
   * @param afterEach called by the calling thread whenever there is a new line
   */
  public Runner(ResultStore store, Site site, Display display, Runnable afterEach) {
    this.store = store;
    this.site = site;
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

    Left left = new Left(protocol, toDo);
    try {
      Site.Work work = site.begin(plan, engine, toDo, display, events::add);
      try {
        while (!stopping && !left.trainings.isEmpty()) {
          handle(events.take(), left);
        }
      } catch (InterruptedException e) {
        stopping = true;
        Thread.currentThread().interrupt();
      } finally {
        work.stop();
      }
    } finally {
      display.end();
    }
    // What ended while the others were being stopped is finished all the same.
    for (Event event = events.poll(); event != null; event = events.poll()) {
      handle(event, left);
    }
    return new Tally(kept, left.finished, left.failed, left.trainings.size());
  }

  /** The trainings that nothing was told of yet. */
  private static final class Left {
    private final Protocol protocol;
    private final Set<Training> trainings = Collections.newSetFromMap(new IdentityHashMap<>());
    private int finished;
    private int failed;

    Left(Protocol protocol, List<Training> toDo) {
      this.protocol = protocol;
      trainings.addAll(toDo);
    }

    /** Whether this is the first word of {@code training}. */
    boolean remove(Training training) {
      return trainings.remove(training);
    }
  }

  private void handle(Event event, Left left) {
    if (event instanceof Event.Finished done) {
      if (left.remove(done.training())) {
        uninterrupted(() -> keep(left.protocol, done));
        left.finished++;
      }
    } else if (event instanceof Event.Failed failed) {
      if (left.remove(failed.training())) {
        fail(left.protocol, failed);
        left.failed++;
      }
    } else {
      stopping = true;
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

  private void keep(Protocol protocol, Event.Finished done) {
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
            done.provenance());
    store.append(protocol, line);
    display.finished(training, outcome, done.provenance().seconds());
    afterEach.run();
  }

  private void fail(Protocol protocol, Event.Failed failed) {
    Path traces = store.folder(protocol.experiment()).resolve("failures.txt");
    Failure failure = failed.failure();
    String what = Display.name(failed.training()) + " failed: " + failure.sentence();
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(
                traces, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      out.println(what);
      out.println(failure.trace());
    } catch (IOException e) {
      display.failed(failed.training(), what);
      return;
    }
    display.failed(failed.training(), what + "; the trace is in " + traces);
  }
}
