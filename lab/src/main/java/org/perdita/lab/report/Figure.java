package org.perdita.lab.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A figure of the report: one chart, or several of which the reader picks one.
 *
 * @param id unique on the page
 * @param title what it shows
 * @param note how to read it: what the band is, what was averaged
 * @param charts one or more
 */
record Figure(String id, String title, String note, List<Chart> charts) {
  Figure {
    charts = List.copyOf(charts);
  }

  /** The charts in numbers, in their order: head and rows each. */
  @JsonProperty("tables")
  List<List<List<String>>> tables() {
    return charts.stream().map(Chart::table).toList();
  }
}
