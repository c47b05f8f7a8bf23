package org.perdita.bench;

import org.openjdk.jmh.annotations.Param;
import org.perdita.lab.bench.Contest;

/** The bi-tempered logistic loss. */
public class BiTemperedBenchmark extends ContestBenchmark {
  @Param({"0.8", "0.5"})
  private double t1;

  @Param({"1.2", "4.0"})
  private double t2;

  @Param({"4096x1000", "512x32000", "128x10"})
  private String size = "";

  @Override
  protected Contest contest() {
    Rows rows = Rows.of(size);
    return Contest.biTempered(t1, t2, rows.count(), rows.classes());
  }
}
