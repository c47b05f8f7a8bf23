package org.perdita.lab.run;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;

/**
 * How a training failed.
 *
 * @param sentence what was thrown, with the first line of its message
 * @param trace all of it, for who wants to know why
 */
public record Failure(String sentence, String trace) implements Serializable {

  /** What {@code cause} says of itself. */
  public static Failure of(Throwable cause) {
    String message = cause.getMessage();
    String first = message == null ? "" : message.strip().lines().findFirst().orElse("");
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace, true));
    return new Failure(cause.getClass().getSimpleName() + ": " + first, trace.toString());
  }

  /** The same, with where it was. */
  public Failure on(String host) {
    return new Failure(sentence + ", on " + host, trace);
  }
}
