package org.perdita.lab.run;

import java.util.concurrent.TimeUnit;

/** Does a job now and then: at most once in five seconds, however often it is asked for. */
public final class Refresh implements Runnable {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

  private final Runnable job;
  private long last = System.nanoTime() - PAUSE;

  public Refresh(Runnable job) {
    this.job = job;
  }

  @Override
  public void run() {
    if (System.nanoTime() - last >= PAUSE) {
      job.run();
      last = System.nanoTime();
    }
  }
}
