package org.perdita.pytorch;

/** A training whose loss is no longer finite. The step that found it changed no parameter. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergedException(long step, double value) {
    super("training diverged: the loss of step " + step + " is " + value);
  }
}
