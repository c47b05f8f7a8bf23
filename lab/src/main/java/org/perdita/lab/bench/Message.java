package org.perdita.lab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** A line from the measuring process: one of the two. */
record Message(@Nullable Timed timed, @Nullable Figure figure) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One line of JSON. */
  String line() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Message read(String line) throws JsonProcessingException {
    return JSON.readValue(line, Message.class);
  }
}
