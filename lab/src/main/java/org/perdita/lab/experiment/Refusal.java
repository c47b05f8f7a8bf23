package org.perdita.lab.experiment;

/** What a person asked for cannot be done; the message is one sentence they can act on. */
public class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Refusal(String sentence) {
    super(sentence);
  }

  public Refusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
