package org.perdita.internal;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the chunks of a batch, on one thread or many, and adds their sums in chunk order: the chunks
 * depend on the batch alone, so the bits do not depend on the threads.
 */
final class Chunks {
  /** Elements a chunk: long enough to hide the hand-over, short enough to share evenly. */
  static final int ELEMENTS = 1 << 16;

  private Chunks() {}

  /** How many pieces of {@code size} cover {@code count}. */
  static int cover(int count, int size) {
    return (int) (((long) count + size - 1) / size);
  }

  /**
   * Σ body(chunk) over chunks 0 … chunks − 1. When chunks refuse their input, the refusal of the
   * lowest one is thrown, whichever thread met it.
   */
  static double sum(int chunks, IntToDoubleFunction body) {
    int threads = Math.min(chunks, threads());
    if (threads <= 1) {
      double sum = 0;
      for (int chunk = 0; chunk < chunks; chunk++) {
        sum += body.applyAsDouble(chunk);
      }
      return sum;
    }
    Shared shared = new Shared(chunks, body);
    ForkJoinTask<?>[] helpers = new ForkJoinTask<?>[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = shared.helper().fork();
    }
    shared.work();
    for (int i = helpers.length - 1; i >= 0; i--) {
      helpers[i].join();
    }
    return shared.total();
  }

  private static int threads() {
    ForkJoinPool own = ForkJoinTask.getPool();
    return own == null ? ForkJoinPool.getCommonPoolParallelism() + 1 : own.getParallelism();
  }

  /** The chunks still to do, and what came of those done. */
  private static final class Shared {
    private final IntToDoubleFunction body;
    private final double[] sums;
    private final AtomicInteger next = new AtomicInteger();
    private int failedChunk = Integer.MAX_VALUE;
    private @Nullable RuntimeException failure;

    Shared(int chunks, IntToDoubleFunction body) {
      this.body = body;
      this.sums = new double[chunks];
    }

    RecursiveAction helper() {
      return new RecursiveAction() {
        @Override
        protected void compute() {
          work();
        }
      };
    }

    void work() {
      for (int chunk = next.getAndIncrement();
          chunk < sums.length && chunk >= 0;
          chunk = next.getAndIncrement()) {
        try {
          sums[chunk] = body.applyAsDouble(chunk);
        } catch (RuntimeException e) {
          fail(chunk, e);
          return;
        }
      }
    }

    private synchronized void fail(int chunk, RuntimeException e) {
      next.set(sums.length);
      if (chunk < failedChunk) {
        failedChunk = chunk;
        failure = e;
      }
    }

    synchronized double total() {
      if (failure != null) {
        throw failure;
      }
      double sum = 0;
      for (double part : sums) {
        sum += part;
      }
      return sum;
    }
  }
}
