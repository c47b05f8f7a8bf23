package org.perdita.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.run.Display;

/** Says what a person should know of the cluster. */
final class Watch extends SparkListener {
  /** The property of a job that says which training it is. */
  static final String INDEX = "perdita.training";

  private static final int PATIENCE_SECONDS = 20;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);

  private final Map<Integer, Training> byStage = new ConcurrentHashMap<>();
  private final Map<String, String> hosts = new ConcurrentHashMap<>();
  private volatile @Nullable Display display;
  private volatile List<Training> toDo = List.of();

  void begin(Display shown, List<Training> trainings) {
    byStage.clear();
    toDo = List.copyOf(trainings);
    display = shown;
    LATER.execute(this::anybody);
  }

  private void anybody() {
    if (hosts.isEmpty()) {
      note(
          "no worker has taken up a training in "
              + PATIENCE_SECONDS
              + " seconds: there is none, or none with enough free memory; waiting");
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    String host = hosts.remove(removed.executorId());
    if (host != null) {
      note("the executor on " + host + " was lost: " + removed.reason().strip());
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    String index = submitted.properties().getProperty(INDEX);
    byStage.put(submitted.stageInfo().stageId(), toDo.get(Integer.parseInt(index)));
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    hosts.put(start.taskInfo().executorId(), start.taskInfo().host());
    Training training = byStage.get(start.stageId());
    Display shown = display;
    if (training != null && shown != null) {
      shown.started(training);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    Training training = byStage.get(end.stageId());
    if (training != null && end.reason() instanceof ExecutorLostFailure) {
      note(Display.name(training) + " was lost with its executor and is run again");
    }
  }

  private void note(String sentence) {
    Display shown = display;
    if (shown != null) {
      shown.note(sentence);
    }
  }
}
