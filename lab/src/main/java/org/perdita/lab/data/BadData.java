package org.perdita.lab.data;

import org.perdita.lab.experiment.Refusal;

/**
 * A data file or folder cannot be used. The message is one sentence: its name, the offset or field,
 * what was found and what is allowed.
 */
public final class BadData extends Refusal {
  private static final long serialVersionUID = 1;

  BadData(String sentence) {
    super(sentence);
  }

  BadData(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
