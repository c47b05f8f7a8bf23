package org.perdita.lab.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Training;

/** One line a training, for logs and pipes. */
public final class PlainDisplay implements Display {
  private final PrintWriter out;
  private final AtomicLong stepsTaken = new AtomicLong();
  private String experiment = "";
  private long steps;
  private int toDo;
  private int done;
  private long began;

  public PlainDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(String experiment, int kept, int toDo, long steps) {
    this.experiment = experiment;
    this.steps = steps;
    this.toDo = toDo;
    done = 0;
    stepsTaken.set(0);
    began = System.nanoTime();
    say(toDo + " trainings to do" + (kept == 0 ? "" : ", " + kept + " kept from an earlier run"));
  }

  @Override
  public void started(Training training) {}

  @Override
  public void stepped() {
    stepsTaken.incrementAndGet();
  }

  @Override
  public void finished(Training training, Outcome outcome, double seconds) {
    done++;
    String measures =
        outcome.metrics().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(m -> String.format(Locale.ROOT, "%s %.4g", m.getKey(), m.getValue()))
            .collect(Collectors.joining(", "));
    say(
        String.format(
            Locale.ROOT,
            "%d of %d, %s: %s (%.1f s%s)",
            done,
            toDo,
            Display.name(training),
            outcome.diverged().map(how -> "diverged, " + how).orElse(measures),
            seconds,
            done == toDo ? "" : ", about " + left() + " left"));
  }

  @Override
  public void failed(Training training, String sentence) {
    done++;
    say(sentence);
  }

  @Override
  public void note(String sentence) {
    out.println(sentence);
    out.flush();
  }

  @Override
  public void end() {}

  private String left() {
    long taken = Math.max(1, stepsTaken.get());
    double perStep = (System.nanoTime() - began) / 1e9 / taken;
    Duration rest = Duration.ofSeconds(Math.round(perStep * Math.max(0, steps - taken)));
    return rest.toMinutes() < 2 ? rest.toSeconds() + " s" : rest.toMinutes() + " min";
  }

  private void say(String what) {
    out.println(experiment + ": " + what);
    out.flush();
  }
}
