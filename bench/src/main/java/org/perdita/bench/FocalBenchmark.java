package org.perdita.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.perdita.lab.bench.Contest;
import org.perdita.lab.bench.Entrant;

/** The sigmoid focal loss. Value and gradient. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Djmh.executor=FJP")
public class FocalBenchmark {
  @Param({"2", "1.7", "0.5"})
  private double gamma;

  @Param("16777216")
  private int elements;

  private Contest contest;

  /** Makes the inputs. */
  @Setup
  public void open() {
    contest = Contest.focal(gamma, elements);
  }

  /** Perdita's kernel between heap arrays. */
  @Benchmark
  public double heap() {
    return contest.call(Entrant.HEAP);
  }

  /** Perdita's kernel between direct buffers. */
  @Benchmark
  public double direct() {
    return contest.call(Entrant.DIRECT);
  }

  /** From libtorch's elementary operators. */
  @Benchmark
  public double composed() {
    return contest.call(Entrant.COMPOSED);
  }

  /** Frees the inputs. */
  @TearDown
  public void close() {
    contest.close();
  }
}
