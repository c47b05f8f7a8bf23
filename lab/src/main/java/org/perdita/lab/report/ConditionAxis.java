package org.perdita.lab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.report.Chart.Tick;

/**
 * The conditions of a run as a chart's horizontal axis.
 *
 * @param title what all labels begin or end with, such as {@code noise}
 * @param ticks the rest of each label, where it stands
 * @param numeric whether the places are numbers; else they count the conditions
 */
record ConditionAxis(String title, List<Tick> ticks, boolean numeric) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  static ConditionAxis of(List<Condition> conditions) {
    boolean numeric =
        conditions.stream().mapToDouble(Condition::x).distinct().count() > 1
            && conditions.stream().allMatch(ConditionAxis::saysItsPlace);
    List<List<String>> labels =
        conditions.stream().map(c -> Arrays.asList(c.label().split(" "))).toList();
    int shortest = labels.stream().mapToInt(List::size).min().orElse(1);
    int head = labels.size() < 2 ? 0 : shared(labels, shortest - 1, true);
    int tail = labels.size() < 2 || head > 0 ? 0 : shared(labels, shortest - 1, false);
    List<Tick> ticks = new ArrayList<>();
    for (List<String> label : labels) {
      ticks.add(
          new Tick(
              numeric ? conditions.get(ticks.size()).x() : ticks.size(),
              String.join(" ", label.subList(head, label.size() - tail))));
    }
    List<String> first = labels.get(0);
    List<String> title =
        head > 0 ? first.subList(0, head) : first.subList(first.size() - tail, first.size());
    return new ConditionAxis(
        title.isEmpty() ? "condition" : String.join(" ", title), ticks, numeric);
  }

  /** Whether the number in the label is its place on the axis, as a share or in per cent. */
  private static boolean saysItsPlace(Condition condition) {
    Matcher number = NUMBER.matcher(condition.label());
    if (!number.find()) {
      return condition.x() == 0;
    }
    double said = Double.parseDouble(number.group());
    return said == condition.x() || Math.abs(said - 100 * condition.x()) < 1e-9;
  }

  /** How many words, at most, all labels have in common at their head or tail; no numbers. */
  private static int shared(List<List<String>> labels, int most, boolean head) {
    int words = 0;
    while (words < most) {
      int at = words;
      List<String> next =
          labels.stream().map(l -> l.get(head ? at : l.size() - 1 - at)).distinct().toList();
      if (next.size() > 1 || next.get(0).chars().anyMatch(c -> !Character.isLetter(c))) {
        break;
      }
      words++;
    }
    return words;
  }
}
