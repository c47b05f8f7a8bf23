package org.perdita.bench;

import org.openjdk.jmh.annotations.Param;
import org.perdita.lab.bench.Contest;

/** The sigmoid focal loss. */
public class FocalBenchmark extends ContestBenchmark {
  @Param({"2", "1.7", "0.5"})
  private double gamma;

  @Param("16777216")
  private int elements;

  @Override
  protected Contest contest() {
    return Contest.focal(gamma, elements);
  }
}
