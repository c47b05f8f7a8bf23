package org.perdita.lab.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Tells whether two cores are free at this moment: two busy loops for a quarter of a second, and
 * how many processors they got between them.
 */
final class Canary {
  /** From here on both cores count as free. */
  static final double FREE = 1.9;

  private static final long NANOS = 250_000_000L;

  private Canary() {}

  /** Processors that two busy threads got, from 0 to 2. */
  static double processors() throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] cpu = new long[2];
    Thread[] loops = new Thread[2];
    long start = System.nanoTime();
    for (int i = 0; i < loops.length; i++) {
      int own = i;
      loops[i] =
          new Thread(
              () -> {
                while (System.nanoTime() - start < NANOS) {
                  Thread.onSpinWait();
                }
                cpu[own] = threads.getCurrentThreadCpuTime();
              });
      loops[i].start();
    }
    for (Thread loop : loops) {
      loop.join();
    }
    return (double) (cpu[0] + cpu[1]) / (System.nanoTime() - start);
  }
}
