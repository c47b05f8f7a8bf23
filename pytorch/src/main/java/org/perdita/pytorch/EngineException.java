package org.perdita.pytorch;

/** What the engine refused, in its own first line; the C++ stack that follows it is dropped. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EngineException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** The same failure in one line. */
  static EngineException of(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      return new EngineException("Engine: " + thrown.getClass().getSimpleName(), thrown);
    }
    String line = message.strip().lines().findFirst().orElse("").strip();
    return new EngineException("Engine: " + line, thrown);
  }
}
