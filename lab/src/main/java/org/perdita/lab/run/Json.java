package org.perdita.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** How protocols and result lines are written as JSON, and read back strictly. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectMapper SORTED =
      MAPPER.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Json() {}

  /** One line, in the order of the components. */
  static String line(Object value) {
    return write(MAPPER, value);
  }

  /** Indented, for people. */
  static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw unwritable(value, e);
    }
  }

  /**
   * The same text for equal content, whether it is an object or was read back as maps: the names in
   * it in their order.
   */
  static String canonical(Object value) {
    return write(SORTED, MAPPER.convertValue(value, Object.class));
  }

  /** Reads what {@link #line} or {@link #pretty} wrote. */
  static <T> T read(String json, Class<T> type) throws JsonProcessingException {
    T value = MAPPER.readValue(json, type);
    if (value == null) {
      throw new com.fasterxml.jackson.databind.JsonMappingException(null, "null");
    }
    return value;
  }

  private static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw unwritable(value, e);
    }
  }

  private static IllegalArgumentException unwritable(Object value, JsonProcessingException e) {
    return new IllegalArgumentException(
        value.getClass().getSimpleName() + " cannot be written as JSON: " + e.getOriginalMessage(),
        e);
  }
}
