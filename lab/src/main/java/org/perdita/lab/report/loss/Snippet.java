package org.perdita.lab.report.loss;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.perdita.Evaluation;
import org.perdita.Tensor;

/**
 * A few lines of Java and what they give. The text is cut from the source of {@link Snippets}
 * between the markers of its region, and what it gives comes from running that very code.
 *
 * @param code the lines
 * @param result what they evaluate to
 */
public record Snippet(String code, String result) {
  private static final String SOURCE = "Snippets.java";

  /** The region's lines, with what running them gave. */
  static Snippet of(String region, Evaluation result) {
    List<String> lines = source().lines().toList();
    int start = lines.indexOf("    // @start region=" + region);
    int end = start + lines.subList(start + 1, lines.size()).indexOf("    // @end") + 1;
    if (start < 0 || end <= start) {
      throw new IllegalStateException("Snippet: " + SOURCE + " has no region " + region);
    }
    String code =
        lines.subList(start + 1, end).stream()
            .map(line -> line.isEmpty() ? line : line.substring(4))
            .collect(Collectors.joining("\n"));
    return new Snippet(code, words(result));
  }

  private static String words(Evaluation result) {
    Tensor gradient = result.gradient();
    String numbers =
        IntStream.range(0, gradient.size())
            .mapToObj(i -> number(gradient.get(i)))
            .collect(Collectors.joining(", ", "[", "]"));
    return "value    " + number(result.value()) + "\ngradient " + numbers;
  }

  private static String number(double x) {
    return x == 0 ? "0" : String.format(Locale.ROOT, "%.4g", x);
  }

  private static String source() {
    try (InputStream in = Snippet.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException("Snippet: " + SOURCE + " is not among the resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
