package org.perdita.lab.detection;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.perdita.lab.experiment.Protocol.Arm;

/**
 * A loss with what is its own to set: the learning rate, and a number of the loss. {@code --tune}
 * tries every rate with every number, as many trainings for one loss as for another; without it the
 * values are those that such a search has chosen.
 *
 * @param name of the loss, and of the group its arms are in
 * @param objective what is minimised, by the loss's number
 * @param symbol of that number, empty if there is none
 * @param tried numbers
 * @param rates tried
 * @param number chosen
 * @param rate chosen
 */
record Choice(
    String name,
    DoubleFunction<Objective> objective,
    String symbol,
    List<Double> tried,
    List<Double> rates,
    double number,
    double rate) {

  /** One of the arms of a loss, with its learning rate. */
  record Candidate(String group, String name, Objective objective, double rate) {
    Arm arm() {
      return new Arm(name, objective.toString(), group);
    }
  }

  /** The arms: one, or all that are tried. */
  List<Candidate> candidates(boolean tune) {
    if (!tune) {
      return List.of(new Candidate(name, name, objective.apply(number), rate));
    }
    List<Candidate> all = new ArrayList<>();
    for (double at : tried) {
      for (double each : rates) {
        String own = symbol.isEmpty() ? "" : ", " + symbol + " " + text(at);
        String full = name + own + ", rate " + text(each);
        all.add(new Candidate(name, full, objective.apply(at), each));
      }
    }
    return all;
  }

  /** As few digits as say it. */
  static String text(double number) {
    return new DecimalFormat("0.#######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(number);
  }
}
