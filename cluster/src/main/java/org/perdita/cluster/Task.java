package org.perdita.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.run.Event;
import org.perdita.lab.run.Failure;
import org.perdita.lab.run.Machine;
import org.perdita.lab.run.Site;
import org.perdita.lab.run.Threads;
import org.perdita.pytorch.Engine;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What a Spark task does: it plans, and runs its one training as the lab does on one thread. */
final class Task extends AbstractFunction1<Iterator<Unit>, Parcel> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Shelf shelf;

  Task(Shelf shelf) {
    this.shelf = shelf;
  }

  /**
   * What became of the first unit. A training that throws is told of, since it would throw on every
   * machine; a task that ends in any other way is Spark's to run again.
   */
  @Override
  public Parcel apply(Iterator<Unit> units) {
    loadEngine();
    try {
      return Parcel.of(ran(units.next()));
    } catch (RuntimeException e) {
      TaskContext.get().killTaskIfInterrupted();
      return new Parcel.Broken(here(Failure.of(e)));
    }
  }

  /**
   * On a thread that is not interrupted when Spark has no more use for the task: a library whose
   * loading was broken off cannot be loaded again in the life of the JVM.
   */
  private static void loadEngine() {
    CompletableFuture.runAsync(Engine::start, task -> new Thread(task, "engine").start()).join();
  }

  private Event ran(Unit unit) {
    Plan plan = Plans.of(unit.order(), shelf);
    List<Training> one = List.of(unit.in(plan));
    CompletableFuture<Event> ended = new CompletableFuture<>();
    Site.Work work =
        new Threads(Machine.here(unit.commit()), 1)
            .begin(plan, unit.engine(), one, new Silence(), ended::complete);
    try {
      Event event = ended.get();
      return event instanceof Event.Failed failed
          ? new Event.Failed(failed.training(), here(failed.failure()))
          : event;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      work.stop();
    }
  }

  private static Failure here(Failure failure) {
    return failure.on(SparkEnv.get().blockManager().blockManagerId().host());
  }
}
