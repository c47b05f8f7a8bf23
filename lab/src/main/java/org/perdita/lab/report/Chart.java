package org.perdita.lab.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A chart as data; the page's script draws it and the page's table says it in numbers.
 *
 * @param label what tells it from the other charts of its figure, as in {@code noise 40 %}
 * @param x the horizontal axis, with its unit
 * @param y the vertical axis, with its unit
 * @param ticks what is written at places of the horizontal axis; empty for round numbers
 * @param named whether the places of the horizontal axis are names and no numbers, so that no line
 *     connects them
 * @param series what is drawn
 */
record Chart(
    String label, String x, String y, List<Tick> ticks, boolean named, List<Series> series) {

  /** How many rows the table beside a chart has at most. */
  private static final int ROWS = 13;

  Chart {
    ticks = List.copyOf(ticks);
    series = List.copyOf(series);
  }

  /** Lines over numbers. */
  static Chart lines(String label, String x, String y, List<Series> series) {
    return new Chart(label, x, y, List.of(), false, series);
  }

  /** A word on the horizontal axis, and where it stands. */
  record Tick(double x, String label) {}

  /**
   * One line, or the points of one colour.
   *
   * @param name as in the legend
   * @param slot its colour
   * @param shade which of the series of this colour it is, counted from 0
   * @param published whether it is somebody else's numbers
   * @param points from left to right
   */
  record Series(String name, int slot, int shade, boolean published, List<Point> points) {
    Series {
      points = List.copyOf(points);
    }
  }

  /**
   * A point; four numbers in JSON.
   *
   * @param x a number, or the index of a category
   * @param y the value; null where there is none
   * @param low the band's lower end; null without a band
   * @param high the band's upper end; null without a band
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Point(double x, @Nullable Double y, @Nullable Double low, @Nullable Double high) {
    static Point of(double x, double y) {
      return new Point(x, Double.isFinite(y) ? y : null, null, null);
    }
  }

  /** The chart in numbers: head and rows, thinned out evenly if there are many. */
  List<List<String>> table() {
    TreeMap<Double, String[]> rows = new TreeMap<>();
    for (int s = 0; s < series.size(); s++) {
      for (Point p : series.get(s).points()) {
        String[] row = rows.computeIfAbsent(p.x(), x -> new String[series.size()]);
        row[s] = p.y() == null ? "–" : Numbers.value(p.y());
      }
    }
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(x));
    series.forEach(s -> head.add(s.name()));
    table.add(head);
    List<Double> xs = List.copyOf(rows.keySet());
    int count = Math.min(ROWS, xs.size());
    for (int i = 0; i < count; i++) {
      double at = xs.get(count < 2 ? 0 : (int) Math.round(i * (xs.size() - 1.0) / (count - 1)));
      List<String> row = new ArrayList<>();
      row.add(tick(at));
      for (String cell : rows.getOrDefault(at, new String[0])) {
        row.add(cell == null ? "–" : cell);
      }
      table.add(row);
    }
    return table;
  }

  private String tick(double at) {
    return ticks.stream()
        .filter(tick -> tick.x() == at)
        .map(Tick::label)
        .findFirst()
        .orElseGet(() -> Numbers.value(at));
  }
}
