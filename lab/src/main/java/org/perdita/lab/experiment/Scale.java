package org.perdita.lab.experiment;

import java.util.Locale;

/** How much work an experiment may be. */
public enum Scale {
  /** Up to 90 seconds on two cores, at least 3 seeds. */
  QUICK(3),
  /** Up to 30 minutes on two cores, at least 5 seeds: what the repository publishes. */
  FULL(5),
  /** The published setting; what it needs is stated by the experiment. */
  PAPER(5);

  private final int seeds;

  Scale(int seeds) {
    this.seeds = seeds;
  }

  /** How many seeds are run unless the request says otherwise. */
  public int seeds() {
    return seeds;
  }

  /** As on the command line: {@code quick}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
