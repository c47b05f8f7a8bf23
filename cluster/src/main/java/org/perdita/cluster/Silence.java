package org.perdita.cluster;

import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.run.Display;

/** On a worker nobody looks on. */
final class Silence implements Display {
  @Override
  public void begin(String experiment, int kept, int toDo, long steps) {}

  @Override
  public void started(Training training) {}

  @Override
  public void stepped() {}

  @Override
  public void finished(Training training, Outcome outcome, double seconds) {}

  @Override
  public void failed(Training training, String sentence) {}

  @Override
  public void note(String sentence) {}

  @Override
  public void end() {}
}
