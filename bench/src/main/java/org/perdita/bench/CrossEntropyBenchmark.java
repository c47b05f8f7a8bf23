package org.perdita.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.perdita.lab.bench.Contest;
import org.perdita.lab.bench.Entrant;

/** The cross-entropy of the softmax. */
public class CrossEntropyBenchmark extends ContestBenchmark {
  @Param({"4096x1000", "512x32000", "128x10"})
  private String size = "";

  @Override
  protected Contest contest() {
    Rows rows = Rows.of(size);
    return Contest.crossEntropy(rows.count(), rows.classes());
  }

  /** libtorch's own operator. */
  @Benchmark
  public double fused() {
    return contest.call(Entrant.FUSED);
  }
}
