package org.perdita.lab.experiment;

import java.util.List;

/**
 * A claim as data.
 *
 * @param sentence what is claimed, in one sentence
 * @param source paper and place: authors, title, venue, table or figure
 * @param setting the setting in which it was claimed
 * @param published the numbers given for it
 */
public record Claim(String sentence, String source, String setting, List<Published> published) {

  public Claim {
    published = List.copyOf(published);
  }

  /**
   * A published number.
   *
   * @param condition which column: the condition's label, as in this experiment's result lines
   * @param group which row: the arm's group, as in the result lines
   * @param metric what was measured
   * @param value the number
   * @param confirmed whether it was read in the source itself; if not, the report says so
   */
  public record Published(
      String condition, String group, String metric, double value, boolean confirmed) {}
}
