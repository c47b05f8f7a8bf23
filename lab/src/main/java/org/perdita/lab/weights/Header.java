package org.perdita.lab.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.perdita.lab.data.BadData;

/**
 * What a file says it holds, once all of it has been found possible.
 *
 * @param entries by name, in the order of their bytes
 * @param metadata what the writer added
 */
record Header(Map<String, Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";

  /** A tensor here is an array of Java. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads the JSON of a header.
   *
   * @param data how many bytes follow it in the file
   */
  static Header parse(Path file, byte[] json, long data) {
    JsonNode root = tree(file, json);
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> found = new LinkedHashMap<>();
    root.properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(file, field.getValue()));
              } else {
                found.put(field.getKey(), entry(file, field.getKey(), field.getValue(), data));
              }
            });
    List<Entry> order =
        found.values().stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    Map<String, Entry> entries = new LinkedHashMap<>();
    long at = 0;
    for (Entry entry : order) {
      if (entry.begin() != at) {
        String what = entry.begin() < at ? "overlaps the one before it" : "leaves a gap before it";
        throw bad(file, entry.name(), "begins at byte " + entry.begin() + ", which " + what);
      }
      at = entry.end();
      entries.put(entry.name(), entry);
    }
    if (at != data) {
      throw new BadData(file + ": the tensors take " + at + " bytes, the file has " + data);
    }
    return new Header(entries, metadata);
  }

  private static JsonNode tree(Path file, byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root == null || !root.isObject()) {
        throw new BadData(file + ": the header is not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new BadData(file + ": the header is not JSON: " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new BadData(file + ": the header is not UTF-8", e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static Map<String, String> metadata(Path file, JsonNode node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual()) {
                throw bad(file, METADATA, "has a value that is not a string");
              }
              metadata.put(field.getKey(), field.getValue().asText());
            });
    if (!node.isObject()) {
      throw bad(file, METADATA, "is not an object");
    }
    return metadata;
  }

  private static Entry entry(Path file, String name, JsonNode node, long data) {
    ElementType type = type(file, name, node.path("dtype"));
    JsonNode lengths = node.path("shape");
    if (!lengths.isArray() || lengths.size() > 8) {
      throw bad(file, name, "has no shape of at most 8 axes");
    }
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (JsonNode length : lengths) {
      if (!length.isIntegralNumber() || !length.canConvertToInt() || length.asInt() < 0) {
        throw bad(file, name, "has a shape with " + brief(length) + " in it, not a length");
      }
      shape.add(length.asInt());
      size = Math.min(size * length.asInt(), MOST_BYTES);
    }
    JsonNode offsets = node.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !isOffset(offsets.get(0))
        || !isOffset(offsets.get(1))) {
      throw bad(file, name, "has no data_offsets [begin, end]");
    }
    long begin = offsets.get(0).asLong();
    long end = offsets.get(1).asLong();
    if (begin < 0 || end < begin || end > data) {
      String was = "has data_offsets [" + begin + ", " + end + "]";
      throw bad(file, name, was + ", the file has " + data + " bytes of data");
    }
    if (end - begin != size * type.bytes() || end - begin > MOST_BYTES) {
      String was = "has " + (end - begin) + " bytes for " + brief(lengths) + " of " + type;
      throw bad(file, name, was + (end - begin > MOST_BYTES ? ", more than 2 GiB" : ""));
    }
    return new Entry(name, type, shape, begin, end);
  }

  private static boolean isOffset(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  private static ElementType type(Path file, String name, JsonNode node) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(node.asText())) {
        return type;
      }
    }
    throw bad(
        file, name, "has dtype " + brief(node) + ", not one of " + List.of(ElementType.values()));
  }

  private static BadData bad(Path file, String name, String what) {
    String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
    return new BadData(file + ": tensor '" + shown.replaceAll("\\p{Cntrl}", "?") + "' " + what);
  }

  private static String brief(JsonNode node) {
    String text = node.isMissingNode() ? "missing" : node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
