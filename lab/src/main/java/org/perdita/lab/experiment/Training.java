package org.perdita.lab.experiment;

import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;

/**
 * One network trained with one loss under one condition from one seed, on one thread. Baseline and
 * treatment of the same condition and seed see the same data, noise, initial weights and batches.
 */
public interface Training {

  Condition condition();

  Arm arm();

  /** The seed; 1, 2, … */
  int seed();

  /** How many times {@link Progress#step()} will be called. */
  int steps();

  /**
   * Trains and measures. Deterministic: the same bits every time.
   *
   * @throws InterruptedException when the thread is interrupted; nothing is left behind
   */
  Outcome run(Progress progress) throws InterruptedException;

  /** Told of each step taken. */
  interface Progress {
    /** One step more. */
    void step() throws InterruptedException;
  }
}
