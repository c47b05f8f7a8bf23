package org.perdita.lab.parity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cuts lines from a class's own source, which the build puts among the resources, so that code that
 * is shown is the code that runs.
 */
public final class Regions {
  private static final String INDENT = "    ";

  private Regions() {}

  /** The lines between {@code // @start region=…} and {@code // @end}, without their indent. */
  public static String read(Class<?> source, String region) {
    List<String> lines = text(source).lines().toList();
    int start = lines.indexOf(INDENT + "// @start region=" + region);
    int end = start + lines.subList(start + 1, lines.size()).indexOf(INDENT + "// @end") + 1;
    if (start < 0 || end <= start) {
      throw new IllegalStateException(source.getSimpleName() + ".java has no region " + region);
    }
    return lines.subList(start + 1, end).stream()
        .map(line -> line.isEmpty() ? line : line.substring(INDENT.length()))
        .collect(Collectors.joining("\n"));
  }

  private static String text(Class<?> source) {
    String name = source.getSimpleName() + ".java";
    try (InputStream in = source.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not among the resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
