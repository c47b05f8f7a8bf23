package org.perdita.lab.run;

import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Training;

/** Shows a person how far the trainings are. Steps are told by many threads, the rest by one. */
public interface Display {

  /**
   * Trainings begin.
   *
   * @param experiment which experiment
   * @param kept how many of its trainings were finished by an earlier run
   * @param toDo how many are to do now
   * @param steps how many steps they take together
   */
  void begin(String experiment, int kept, int toDo, long steps);

  /** A training takes its first step soon; told by the thread it runs on. */
  void started(Training training);

  /** A step was taken. */
  void stepped();

  /** A training has its line. */
  void finished(Training training, Outcome outcome, double seconds);

  /** A training failed; the others go on. */
  void failed(Training training, String sentence);

  /** Something about the files that a person should know. */
  void note(String sentence);

  /** No more is coming. */
  void end();

  /** What a person calls a training, as in {@code focal, noise 0.2, seed 3}. */
  static String name(Training training) {
    return training.arm().name()
        + ", "
        + training.condition().label()
        + ", seed "
        + training.seed();
  }
}
