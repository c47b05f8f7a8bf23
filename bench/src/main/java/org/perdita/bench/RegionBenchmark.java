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
import org.perdita.lab.bench.RegionContest;
import org.perdita.lab.bench.Size;

/**
 * Signed distance maps and the losses of segmentation and matting. Goals, one thread: distances 11
 * ns a voxel in a plane and 22 in a volume, at most 1.3 times that with spacing; Dice and boundary
 * loss from probabilities 1.7 times the memory floor; Dice from logits 2 and consistency 3 times
 * faster than composed.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Djmh.executor=FJP",
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1"
    })
public class RegionBenchmark {
  @Param private RegionContest.Kernel kernel;

  private RegionContest contest;

  /** Makes the inputs. */
  @Setup
  public void open() {
    contest = new RegionContest(kernel, Size.FULL);
  }

  /** Perdita's kernel between heap arrays. */
  @Benchmark
  public double heap() {
    return contest.perdita();
  }

  /** From libtorch's elementary operators; refused for distances. */
  @Benchmark
  public double composed() {
    return contest.composed();
  }

  /** Frees the inputs. */
  @TearDown
  public void close() {
    contest.close();
  }
}
