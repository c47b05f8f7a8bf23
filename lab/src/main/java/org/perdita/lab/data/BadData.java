package org.perdita.lab.data;

import org.perdita.lab.experiment.Refusal;

/**
 * A data file or folder cannot be used. The message is one sentence: its name, the offset or field,
 * what was found and what is allowed.
 */
public final class BadData extends Refusal {
  private static final long serialVersionUID = 1;

  /** A file or folder that cannot be used, and why. */
  public BadData(String sentence) {
    super(sentence);
  }

  /** The same, with what was thrown when it was read. */
  public BadData(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
