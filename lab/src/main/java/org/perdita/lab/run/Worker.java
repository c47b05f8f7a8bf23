package org.perdita.lab.run;

import java.util.Queue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Training;

/**
 * Takes one training after the other from a queue. It is a fork-join pool of one thread, because a
 * loss shares its work over the pool it is called from: so a training stays on its thread.
 */
final class Worker {
  private final Queue<Training> waiting;
  private final Machine machine;
  private final String engine;
  private final Display display;
  private final Consumer<Event> told;
  private final ForkJoinPool pool = new ForkJoinPool(1);
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  Worker(
      Queue<Training> waiting,
      Machine machine,
      String engine,
      Display display,
      Consumer<Event> told) {
    this.waiting = waiting;
    this.machine = machine;
    this.engine = engine;
    this.display = display;
    this.told = told;
  }

  void start() {
    pool.execute(this::work);
  }

  /** Ends the training under way at its next step. */
  void stop() {
    stopping = true;
    pool.shutdown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Waits a moment for the training under way to end. */
  void await() {
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    thread = Thread.currentThread();
    for (Training next = waiting.poll(); next != null && !stopping; next = waiting.poll()) {
      run(next);
    }
  }

  // Errors too: a native library that is missing, or memory that ran out, fails one training.
  @SuppressWarnings("CatchThrowable")
  private void run(Training training) {
    display.started(training);
    long began = System.nanoTime();
    try {
      Outcome outcome = training.run(this::step);
      double seconds = (System.nanoTime() - began) / 1e9;
      told.accept(new Event.Finished(training, outcome, machine.now(engine, seconds)));
    } catch (Throwable e) {
      if (!stopping) {
        told.accept(new Event.Failed(training, Failure.of(e)));
      }
    }
  }

  private void step() throws InterruptedException {
    if (stopping || Thread.interrupted()) {
      throw new InterruptedException();
    }
    display.stepped();
  }
}
