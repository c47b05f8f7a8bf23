package org.perdita.lab.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.perdita.lab.experiment.Refusal;

/**
 * One case of a golden file. Whatever is asked of it that is missing or of the wrong kind is a
 * {@link Refusal} that names the file, the case and the field.
 */
final class GoldenCase {
  private final String where;
  private final String name;
  private final JsonNode node;

  GoldenCase(String file, String name, JsonNode node) {
    this.where = file + ": case '" + name + "'";
    this.name = name;
    this.node = node;
  }

  /** Unique in its file. */
  String name() {
    return name;
  }

  /** Which function the case is about. */
  String fn() {
    return text(node, "fn");
  }

  /** What the stored value already is; {@code none} if the case does not say. */
  String reduction() {
    return node.has("reduction") ? text(node, "reduction") : "none";
  }

  /** A scalar parameter. */
  double param(String key) {
    return number(node.path("params").path(key), "params." + key);
  }

  /** A scalar parameter that may be missing. */
  double param(String key, double otherwise) {
    return node.path("params").has(key) ? param(key) : otherwise;
  }

  /** A parameter of {@code count} numbers. */
  List<Double> params(String key, int count) {
    JsonNode numbers = node.path("params").path(key);
    if (!numbers.isArray() || numbers.size() != count) {
      throw refusal("params." + key, "is " + numbers + ", not " + count + " numbers");
    }
    List<Double> params = new ArrayList<>();
    for (JsonNode number : numbers) {
      params.add(number(number, "params." + key));
    }
    return params;
  }

  /** A parameter that is a switch; off if it is missing. */
  boolean flag(String key) {
    return flag(key, false);
  }

  /** A parameter in words; empty if it is missing. */
  String words(String key) {
    return node.path("params").path(key).asText("");
  }

  /** A parameter that is a list of numbers; empty if it is missing or null. */
  double[] list(String key) {
    JsonNode list = node.path("params").path(key);
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(list.get(i), "params." + key + "[" + i + "]");
    }
    return numbers;
  }

  /** A parameter that is a list of whole numbers; empty if it is missing or null. */
  int[] indices(String key) {
    return Arrays.stream(list(key)).mapToInt(x -> (int) x).toArray();
  }

  /** Whether there is such a parameter. */
  boolean hasParam(String key) {
    return node.path("params").has(key);
  }

  /** A parameter that is true or false and may be missing. */
  boolean flag(String key, boolean otherwise) {
    JsonNode flag = node.path("params").path(key);
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw refusal("params." + key, "is " + flag + ", not true or false");
    }
    return flag.asBoolean(otherwise);
  }

  /** A parameter in words. */
  String word(String key) {
    JsonNode word = node.path("params").path(key);
    if (!word.isTextual()) {
      throw refusal("params." + key, word.isMissingNode() ? "is missing" : "is not a string");
    }
    return word.asText();
  }

  /** Whether there is such an input. */
  boolean hasInput(String key) {
    return node.path("inputs").has(key);
  }

  /** Which implementation made the case. */
  String source() {
    return node.path("source").asText("");
  }

  /** A list of {@code params} or {@code inputs} that is no array of numbers. */
  JsonNode node(String field, String key) {
    JsonNode list = node.path(field).path(key);
    if (!list.isArray()) {
      throw refusal(field + "." + key, list.isMissingNode() ? "is missing" : "is not an array");
    }
    return list;
  }

  /** A whole number. */
  int whole(JsonNode number, String field) {
    double value = number(number, field);
    if (value != (int) value) {
      throw refusal(field, "is " + number + ", not a whole number");
    }
    return (int) value;
  }

  /** An input array. */
  GoldenArray input(String key) {
    return array(node.path("inputs").path(key), "inputs." + key);
  }

  /** An input array that must have {@code shape}. */
  GoldenArray input(String key, int... shape) {
    GoldenArray array = input(key);
    if (!Arrays.equals(array.shape(), shape)) {
      throw refusal(
          "inputs." + key + ".shape",
          "is " + Arrays.toString(array.shape()) + ", not " + Arrays.toString(shape));
    }
    return array;
  }

  /** The tolerance that is fair for a double-precision implementation: absolute, relative. */
  double atol() {
    return tolerance("atol");
  }

  /** See {@link #atol}. */
  double rtol() {
    return tolerance("rtol");
  }

  private double tolerance(String key) {
    double value = node.has(key) ? number(node.path(key), key) : 0;
    if (!(value >= 0)) {
      throw refusal(key, "is " + value + ", not 0 or more");
    }
    return value;
  }

  /**
   * Everything expected, by name: {@code value}, or {@code value.x} where there are several; {@code
   * gradient.input}; and {@code probabilities} where given.
   */
  Map<String, GoldenArray> expected() {
    Map<String, GoldenArray> expected = new LinkedHashMap<>();
    JsonNode value = node.path("value");
    if (value.has("shape")) {
      expected.put("value", array(value, "value"));
    } else if (value.isNumber() || value.isTextual()) {
      expected.put("value", GoldenArray.scalar(number(value, "value")));
    } else {
      each(value, "value", expected);
    }
    if (!node.path("gradient").isMissingNode()) {
      each(node.path("gradient"), "gradient", expected);
    }
    if (node.has("probabilities")) {
      expected.put("probabilities", array(node.path("probabilities"), "probabilities"));
    }
    return expected;
  }

  private void each(JsonNode map, String field, Map<String, GoldenArray> into) {
    if (!map.isObject()) {
      throw refusal(field, map.isMissingNode() ? "is missing" : "is not an object");
    }
    map.properties()
        .forEach(
            entry -> {
              String key = field + "." + entry.getKey();
              into.put(key, array(entry.getValue(), key));
            });
  }

  private String text(JsonNode parent, String key) {
    JsonNode text = parent.path(key);
    if (!text.isTextual()) {
      throw refusal(key, text.isMissingNode() ? "is missing" : "is not a string");
    }
    return text.asText();
  }

  private GoldenArray array(JsonNode array, String field) {
    if (!array.isObject()) {
      throw refusal(field, array.isMissingNode() ? "is missing" : "is not an object");
    }
    JsonNode shape = array.path("shape");
    JsonNode data = array.path("data");
    if (!shape.isArray()) {
      throw refusal(field + ".shape", "is not an array");
    }
    if (!data.isArray()) {
      throw refusal(field + ".data", "is not an array");
    }
    int[] lengths = new int[shape.size()];
    long size = 1;
    for (int axis = 0; axis < lengths.length; axis++) {
      JsonNode length = shape.get(axis);
      if (!length.canConvertToInt() || !length.isIntegralNumber() || length.asInt() < 0) {
        throw refusal(field + ".shape[" + axis + "]", "is " + length + ", not a length");
      }
      lengths[axis] = length.asInt();
      size = lengths[axis] == 0 ? 0 : Math.min(size * lengths[axis], Integer.MAX_VALUE);
    }
    if (size != data.size()) {
      throw refusal(
          field + ".data",
          "has " + data.size() + " numbers, its shape " + shape + " holds " + size);
    }
    boolean whole = array.path("dtype").asText("").startsWith("int");
    double[] numbers = new double[data.size()];
    for (int i = 0; i < numbers.length; i++) {
      String at = field + ".data[" + i + "]";
      numbers[i] = number(data.get(i), at);
      if (whole && numbers[i] != Math.rint(numbers[i])) {
        throw refusal(at, "is " + numbers[i] + ", not a whole number");
      }
    }
    return new GoldenArray(lengths, numbers);
  }

  /** A number, or the words for those that JSON does not have. */
  double number(JsonNode number, String field) {
    if (number.isNumber()) {
      return number.asDouble();
    }
    return switch (number.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw refusal(
              field,
              number instanceof MissingNode ? "is missing" : "is " + number + ", not a number");
    };
  }

  /** A refusal of one field. */
  Refusal refusal(String field, String what) {
    return new Refusal(where + ": " + field + " " + what);
  }
}
