package org.perdita.lab.experiment;

/**
 * One claim of the literature, and how it is put to the test. An experiment is one file read top to
 * bottom: claim, settings with their reasons, data, network, training, measures, comparisons.
 */
public interface Experiment {

  /** What the command line calls it, such as {@code noisy-digits}. */
  String name();

  /** The claim, with its source and numbers. */
  Claim claim();

  /** The data it can use: what it draws itself, and what it reads from {@code --data}. */
  String data();

  /** What trains its networks, with its version, such as {@code libtorch 2.10.0}. */
  String engine();

  /**
   * What would be trained.
   *
   * @throws org.perdita.lab.experiment.Refusal if the request cannot be met: a scale or a folder
   *     that does not fit, with one sentence that says so
   */
  Plan plan(Request request);
}
