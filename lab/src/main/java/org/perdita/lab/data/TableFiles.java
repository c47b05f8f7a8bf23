package org.perdita.lab.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table with a yes or a no in each row, from the one {@code .csv} or the one {@code
 * .libsvm} or {@code .svm} file of a folder, gzipped or not.
 *
 * <p>CSV: cells between commas, semicolons or tabs, with or without double quotes around them; a
 * first line whose first cell is no number is a header. The label is the column called label,
 * class, target or y, else the last one; it is 0 or 1, or −1 or 1. A cell that is empty, {@code
 * NA}, {@code nan} or {@code ?} is missing.
 *
 * <p>LibSVM: label, then {@code index:value} with rising indices from 1; what is not listed is 0.
 */
public final class TableFiles {
  private static final List<String> NAMES = List.of("*.csv", "*.libsvm", "*.svm");
  private static final Set<String> LABELS = Set.of("label", "class", "target", "y");
  private static final Set<String> MISSING = Set.of("", "na", "nan", "?");
  private static final List<String> SEPARATORS = List.of(",", ";", "\t");
  private static final int LONGEST_LINE = 1 << 20;
  private static final int MOST_COLUMNS = 10_000;
  private static final int MOST_CELLS = 1 << 28;

  private TableFiles() {}

  /**
   * The table of a folder.
   *
   * @throws BadData if there is none, more than one of a kind, or one not as it should be
   */
  public static Table read(Path folder) {
    DataFolder place = DataFolder.candidates(folder, List.of()).get(0);
    for (String name : NAMES) {
      Optional<Path> file = place.findOne(name);
      if (file.isPresent()) {
        return name.equals("*.csv") ? csv(file.get()) : libSvm(file.get());
      }
    }
    throw new BadData(
        folder + ": holds no table; looked for " + String.join(", ", NAMES) + ", plain or .gz");
  }

  static Table csv(Path path) {
    try (DataFile file = DataFile.open(path)) {
      String first = file.line(LONGEST_LINE);
      if (first == null) {
        throw file.bad("is empty, a table is wanted");
      }
      String separator =
          SEPARATORS.stream().filter(first::contains).findFirst().orElse(SEPARATORS.get(0));
      Pattern between = Pattern.compile(separator, Pattern.LITERAL);
      String[] cells = cells(between, first);
      if (cells.length < 2 || cells.length - 1 > MOST_COLUMNS) {
        throw file.bad("line 1 has " + cells.length + " cells, allowed: 2 … " + (MOST_COLUMNS + 1));
      }
      boolean header = !isNumber(cells[0]);
      int label = header ? labelColumn(cells) : cells.length - 1;
      Rows rows = new Rows(file, cells.length - 1);
      @Nullable String line = header ? file.line(LONGEST_LINE) : first;
      for (int number = header ? 2 : 1; line != null; number++) {
        if (!line.isBlank()) {
          csvRow(rows, cells(between, line), label, number);
        }
        line = file.line(LONGEST_LINE);
      }
      return rows.table(path);
    }
  }

  private static String[] cells(Pattern between, String line) {
    String[] cells = between.split(line, -1);
    for (int k = 0; k < cells.length; k++) {
      String cell = cells[k].strip();
      boolean quoted = cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"");
      cells[k] = quoted ? cell.substring(1, cell.length() - 1).strip() : cell;
    }
    return cells;
  }

  private static int labelColumn(String... header) {
    for (int k = 0; k < header.length; k++) {
      if (LABELS.contains(header[k].toLowerCase(Locale.ROOT))) {
        return k;
      }
    }
    return header.length - 1;
  }

  private static void csvRow(Rows rows, String[] cells, int label, int line) {
    if (cells.length != rows.columns + 1) {
      throw rows.bad(line, "has " + cells.length + " cells, line 1 has " + (rows.columns + 1));
    }
    rows.add(label(rows, cells[label], line));
    for (int k = 0, at = 0; k < cells.length; k++) {
      if (k != label) {
        boolean missing = MISSING.contains(cells[k].toLowerCase(Locale.ROOT));
        rows.set(at++, missing ? Float.NaN : number(rows, cells[k], line));
      }
    }
  }

  static Table libSvm(Path path) {
    int columns = 0;
    try (DataFile file = DataFile.open(path)) {
      @Nullable String line = file.line(LONGEST_LINE);
      for (int number = 1; line != null; number++) {
        String[] parts = parts(line);
        for (int k = 1; k < parts.length; k++) {
          columns = Math.max(columns, index(file, parts[k], number));
        }
        line = file.line(LONGEST_LINE);
      }
    }
    try (DataFile file = DataFile.open(path)) {
      Rows rows = new Rows(file, Math.max(1, columns));
      @Nullable String line = file.line(LONGEST_LINE);
      for (int number = 1; line != null; number++) {
        if (!line.isBlank()) {
          libSvmRow(rows, parts(line), number);
        }
        line = file.line(LONGEST_LINE);
      }
      return rows.table(path);
    }
  }

  private static String[] parts(String line) {
    int comment = line.indexOf('#');
    return Pattern.compile("\\s+").split((comment < 0 ? line : line.substring(0, comment)).strip());
  }

  private static void libSvmRow(Rows rows, String[] parts, int line) {
    rows.add(label(rows, parts[0], line));
    int before = 0;
    for (int k = 1; k < parts.length; k++) {
      int index = index(rows.file, parts[k], line);
      if (index <= before) {
        throw rows.bad(line, "has index " + index + " after " + before + ", indices must rise");
      }
      before = index;
      rows.set(index - 1, number(rows, parts[k].substring(parts[k].indexOf(':') + 1), line));
    }
  }

  private static int index(DataFile file, String part, int line) {
    int colon = part.indexOf(':');
    try {
      int index = colon < 0 ? 0 : Integer.parseInt(part.substring(0, colon));
      if (index >= 1 && index <= MOST_COLUMNS) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Told below, with the whole part.
    }
    throw file.bad(
        "line " + line + " has " + quoted(part) + ", allowed: index:value, 1 … " + MOST_COLUMNS);
  }

  private static float label(Rows rows, String cell, int line) {
    float label = isNumber(cell) ? Float.parseFloat(cell) : Float.NaN;
    if (label == 0 || label == 1 || label == -1) {
      return Math.max(0, label);
    }
    throw rows.bad(line, "has label " + quoted(cell) + ", allowed: 0 and 1, or −1 and 1");
  }

  /** What was found, short enough and clean enough for one line. */
  private static String quoted(String found) {
    String clean = found.replaceAll("\\p{Cntrl}", "?");
    return "'" + (clean.length() > 40 ? clean.substring(0, 40) + "…" : clean) + "'";
  }

  private static boolean isNumber(String cell) {
    try {
      return !Float.isNaN(Float.parseFloat(cell));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static float number(Rows rows, String cell, int line) {
    float number = isNumber(cell) ? Float.parseFloat(cell) : Float.NaN;
    if (Math.abs(number) <= Float.MAX_VALUE) {
      return number;
    }
    throw rows.bad(line, "has " + quoted(cell) + ", allowed: a finite number");
  }

  /** Rows as they come; memory grows with what was read. */
  private static final class Rows {
    private final DataFile file;
    private final int columns;
    private float[] cells = new float[1 << 12];
    private float[] labels = new float[1 << 8];
    private int count;

    Rows(DataFile file, int columns) {
      this.file = file;
      this.columns = columns;
    }

    BadData bad(int line, String what) {
      return file.bad("line " + line + " " + what);
    }

    /** A further row, of zeros. */
    void add(float label) {
      long wanted = (count + 1L) * columns;
      if (wanted > MOST_CELLS) {
        throw file.bad("has more than " + MOST_CELLS + " cells, which is the most allowed");
      }
      if (wanted > cells.length) {
        long room = Math.min(MOST_CELLS, Math.max(wanted, 2L * cells.length));
        cells = Arrays.copyOf(cells, (int) room);
      }
      if (count == labels.length) {
        labels = Arrays.copyOf(labels, 2 * count);
      }
      labels[count++] = label;
    }

    void set(int column, float value) {
      cells[(count - 1) * columns + column] = value;
    }

    Table table(Path path) {
      float[] own = Arrays.copyOf(labels, count);
      Table table =
          new Table(
              String.valueOf(path.getFileName()),
              columns,
              Arrays.copyOf(cells, count * columns),
              own);
      if (table.positives() == 0 || table.positives() == count) {
        throw file.bad(
            "has " + table.positives() + " positives in " + count + " rows, both kinds are needed");
      }
      return table;
    }
  }
}
