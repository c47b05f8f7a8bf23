package org.perdita.lab.run;

/**
 * Does a job now and then, however often it is asked for: not within five seconds of the last time,
 * and never for more than a twentieth of the time.
 */
public final class Refresh implements Runnable {
  private static final long PAUSE = 5_000_000_000L;

  private final Runnable job;
  private long next = System.nanoTime();

  public Refresh(Runnable job) {
    this.job = job;
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    if (now - next >= 0) {
      job.run();
      long took = System.nanoTime() - now;
      next = now + took + Math.max(PAUSE, 19 * took);
    }
  }
}
