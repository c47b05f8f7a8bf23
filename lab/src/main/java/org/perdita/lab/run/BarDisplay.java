package org.perdita.lab.run;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Training;

/** A bar that fills step by step, with the time left and the training that began last. */
public final class BarDisplay implements Display {
  private final PrintStream terminal;
  private @Nullable ProgressBar bar;

  public BarDisplay(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void begin(String experiment, int kept, int toDo, long steps) {
    if (toDo == 0) {
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(experiment)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(250)
            .setConsumer(new ConsoleProgressBarConsumer(terminal))
            .build();
  }

  @Override
  public synchronized void started(Training training) {
    if (bar != null) {
      bar.setExtraMessage(" " + Display.name(training));
    }
  }

  @Override
  public synchronized void stepped() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void finished(Training training, Outcome outcome, double seconds) {}

  @Override
  public void failed(Training training, String sentence) {
    note(sentence);
  }

  /** Above the bar, which is drawn again below. */
  @Override
  public synchronized void note(String sentence) {
    terminal.println("\r\033[K" + sentence);
  }

  @Override
  public synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
