package org.perdita.lab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.perdita.lab.run.Runner;

/**
 * Stops a run when the JVM is told to end, by Ctrl-C or a polite kill, and leaves it a moment to
 * keep what is finished and to say how to go on. The JVM then ends with the signal's own exit code.
 */
final class CtrlC {
  private static final int PATIENCE_SECONDS = 20;

  private CtrlC() {}

  /** What {@code work} returns; while it works, Ctrl-C stops {@code runner}. */
  static int stops(Runner runner, IntSupplier work) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(runner, ended), "ctrl-c");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.getAsInt();
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is ending: the hook is under way, and has been told.
      }
    }
  }

  private static void stop(Runner runner, CountDownLatch ended) {
    runner.stop();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
