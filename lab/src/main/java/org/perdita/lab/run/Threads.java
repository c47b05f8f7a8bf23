package org.perdita.lab.run;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Training;

/**
 * Threads of this process, each with one training after the other.
 *
 * @param machine this one, for the provenance
 * @param count how many trainings run at a time, 1 or more
 */
public record Threads(Machine machine, int count) implements Site {

  @Override
  public Work begin(
      Plan plan, String engine, List<Training> toDo, Display display, Consumer<Event> told) {
    Queue<Training> waiting = new ConcurrentLinkedQueue<>(toDo);
    List<Worker> workers =
        Stream.generate(() -> new Worker(waiting, machine, engine, display, told))
            .limit(Math.min(count, toDo.size()))
            .toList();
    workers.forEach(Worker::start);
    return () -> {
      workers.forEach(Worker::stop);
      workers.forEach(Worker::await);
    };
  }
}
