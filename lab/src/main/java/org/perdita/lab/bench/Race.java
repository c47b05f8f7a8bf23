package org.perdita.lab.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Times contestants against each other on the calling thread: all are warmed up, then each round
 * runs every one of them once, in an order drawn anew, so that a noisy minute falls on all alike.
 *
 * <p>Warm is a contestant while which runs the compiler has nothing left to do: a kernel of many
 * passes waits a second in the compiler's queue, at ten times its final time, and no look at that
 * time alone tells such a wait from the end.
 */
final class Race {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  /** A compiler that never rests is waited for this many times its rest. */
  private static final int PATIENCE = 10;

  private final Size size;
  private final Random order = new Random(1);

  Race(Size size) {
    this.size = size;
  }

  /** The median time of one call of each, in their order. */
  List<Timing> run(List<DoubleSupplier> contestants) {
    List<Entry> entries = contestants.stream().map(this::warmedUp).toList();
    List<Entry> starters = new ArrayList<>(entries);
    for (int round = 0; round < size.rounds(); round++) {
      Collections.shuffle(starters, order);
      starters.forEach(entry -> entry.samples.add(sample(entry.call, entry.calls)));
    }
    return entries.stream().map(Entry::median).toList();
  }

  /** The median time of one call. */
  Timing alone(DoubleSupplier contestant) {
    return run(List.of(contestant)).get(0);
  }

  /** A contestant, how many calls fill a sample, and the samples. */
  private record Entry(DoubleSupplier call, int calls, List<Timing> samples) {
    Timing median() {
      return new Timing(
          Race.median(samples.stream().mapToDouble(Timing::cpuNanos).toArray()),
          Race.median(samples.stream().mapToDouble(Timing::wallNanos).toArray()));
    }
  }

  /** Rest and patience are processor time: on a busy machine the compiler gets no more of it. */
  private Entry warmedUp(DoubleSupplier call) {
    long start = THREADS.getCurrentThreadCpuTime();
    long compiled = COMPILER.getTotalCompilationTime();
    long restsSince = start;
    long now;
    double last;
    do {
      last = sample(call, 1).wallNanos();
      now = THREADS.getCurrentThreadCpuTime();
      long total = COMPILER.getTotalCompilationTime();
      restsSince = total == compiled ? restsSince : now;
      compiled = total;
    } while (now - restsSince < size.restNanos() && now - start < PATIENCE * size.restNanos());
    long calls = (long) (size.sampleNanos() / Math.max(1, last));
    return new Entry(call, (int) Math.max(1, Math.min(1_000_000, calls)), new ArrayList<>());
  }

  private static Timing sample(DoubleSupplier call, int calls) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      double unused = call.getAsDouble(); // the gradient it wrote keeps the call alive
    }
    return new Timing(
        (THREADS.getCurrentThreadCpuTime() - cpu) / (double) calls,
        (System.nanoTime() - wall) / (double) calls);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
