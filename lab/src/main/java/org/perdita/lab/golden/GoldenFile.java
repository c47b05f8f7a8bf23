package org.perdita.lab.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.perdita.lab.experiment.Refusal;

/** Reads golden files. */
final class GoldenFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private GoldenFile() {}

  /**
   * The cases of {@code file}, in its order.
   *
   * @throws Refusal if it cannot be read, or is not an array of named cases
   */
  static List<GoldenCase> read(Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new Refusal(file + ": is not JSON: " + message(e) + at(e), e);
    } catch (IOException e) {
      throw Refusal.file(file, "read", e);
    }
    if (!root.isArray()) {
      throw new Refusal(file + ": is not a JSON array of cases");
    }
    List<GoldenCase> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : root) {
      String which = file + ": case " + (cases.size() + 1);
      if (!node.path("name").isTextual()) {
        throw new Refusal(which + ": name is missing or not a string");
      }
      String name = node.path("name").asText();
      if (!names.add(name)) {
        throw new Refusal(which + ": the name '" + name + "' is taken by an earlier case");
      }
      cases.add(new GoldenCase(file.toString(), name, node));
    }
    return cases;
  }

  /** What Jackson says, without its remark that it does not show the source. */
  private static String message(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceAll("\\[Source: [^;\\]]*; line: (\\d+), column: (\\d+)]", "line $1, column $2");
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }
}
