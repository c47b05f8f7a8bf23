package org.perdita.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of text under a header; columns without a name hold words and stand to the left, the others
 * hold numbers and stand to the right.
 */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(List.of(header));
  }

  void add(String... row) {
    rows.add(List.of(row));
  }

  /** Columns in line, for a terminal. */
  String text() {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, widths.length)
                    .mapToObj(c -> pad(row.get(c), widths[c], rows.get(0).get(c).isEmpty()))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String pad(String cell, int width, boolean left) {
    String space = " ".repeat(width - cell.length());
    return left ? cell + space : space + cell;
  }

  /** For a README. */
  String markdown() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add("| " + String.join(" | ", row) + " |");
    }
    lines.add(
        1,
        rows.get(0).stream()
            .map(name -> name.isEmpty() ? "|---" : "|--:")
            .collect(Collectors.joining("", "", "|")));
    return String.join("\n", lines) + "\n";
  }
}
