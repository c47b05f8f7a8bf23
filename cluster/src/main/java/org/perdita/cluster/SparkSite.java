package org.perdita.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.run.Display;
import org.perdita.lab.run.Event;
import org.perdita.lab.run.Failure;
import org.perdita.lab.run.Key;
import org.perdita.lab.run.Site;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Try;

/**
 * A Spark application. Every training is a job of one task, so that one that Spark gives up takes
 * no other with it; what comes back is told as it comes.
 */
final class SparkSite implements Site {
  private static final String GROUP = "perdita";
  private static final Seq<Object> ONE = CollectionConverters.asScala(List.<Object>of(0)).toSeq();
  private static final ExecutionContext CALLBACKS =
      ExecutionContext.fromExecutor(ForkJoinPool.commonPool());

  private final SparkContext context;
  private final Shelf shelf;
  private final Request request;
  private final Optional<String> sent;
  private final String commit;
  private final Watch watch = new Watch();

  /**
   * @param context of which this is the only user, and which it ends
   * @param shelf where the workers find the experiments
   * @param request what is asked for
   * @param sent the name under which the request's data was sent along, if it was
   * @param commit of the code
   */
  SparkSite(
      SparkContext context, Shelf shelf, Request request, Optional<String> sent, String commit) {
    this.context = context;
    this.shelf = shelf;
    this.request = request;
    this.sent = sent;
    this.commit = commit;
    context.addSparkListener(watch);
  }

  @Override
  public Work begin(
      Plan plan, String engine, List<Training> toDo, Display display, Consumer<Event> told) {
    watch.begin(display, toDo);
    Order order = Order.of(plan.protocol().experiment(), request, sent);
    Jobs jobs = new Jobs(display, told);
    for (int i = 0; i < toDo.size() && !context.isStopped(); i++) {
      Training training = toDo.get(i);
      Unit unit = new Unit(order, Key.of(plan.protocol(), training), engine, commit);
      jobs.submit(unit, training, i);
    }
    return jobs;
  }

  @Override
  public void close() {
    context.stop();
  }

  private final class Jobs implements Work {
    private final Display display;
    private final Consumer<Event> told;
    private volatile boolean stopping;

    Jobs(Display display, Consumer<Event> told) {
      this.display = display;
      this.told = told;
    }

    void submit(Unit unit, Training training, int index) {
      context.setJobGroup(GROUP, Display.name(training), true);
      context.setLocalProperty(Watch.INDEX, Integer.toString(index));
      RDD<Unit> units = new JavaSparkContext(context).parallelize(List.of(unit), 1).rdd();
      context
          .<Unit, Parcel, Object>submitJob(
              units,
              new Task(shelf),
              ONE,
              (partition, parcel) -> {
                finished(training, parcel);
                return scala.runtime.BoxedUnit.UNIT;
              },
              () -> training)
          .onComplete(
              (Try<Object> end) -> {
                if (end.isFailure()) {
                  failed(training, end.failed().get());
                }
                return null;
              },
              CALLBACKS);
    }

    private void finished(Training training, Parcel parcel) {
      for (int step = 0; step < training.steps(); step++) {
        display.stepped();
      }
      told.accept(parcel.unpack(training));
    }

    /** Spark gave the job up: its executors ended again and again, or Spark itself did. */
    private void failed(Training training, Throwable cause) {
      if (stopping) {
        return;
      }
      if (context.isStopped()) {
        stopping = true;
        display.note("the cluster ended the application");
        told.accept(new Event.Stop());
      } else {
        told.accept(new Event.Failed(training, Failure.of(cause)));
      }
    }

    @Override
    public void stop() {
      stopping = true;
      if (!context.isStopped()) {
        context.cancelJobGroup(GROUP);
      }
    }
  }
}
