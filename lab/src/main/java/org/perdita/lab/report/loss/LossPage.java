package org.perdita.lab.report.loss;

import java.util.List;

/**
 * What there is to know about a loss, as data. Its formula in MathML is the resource {@code
 * math/<name>.mathml} of the report.
 *
 * @param name the record's class
 * @param purpose what it does to training, in one sentence
 * @param formula the same formula in plain text
 * @param symbols what the formula's letters stand for
 * @param source the paper, with the place in it
 * @param axis what the curves stand over
 * @param curves value and gradient for a few parameters
 * @param limits what it becomes at the ends of its parameters and of its input
 * @param domain what it takes: shapes, targets, parameters
 * @param defaults parameters people start from, each with who says so
 * @param pitfalls what goes wrong with it, each with where that was seen
 * @param snippet code that runs
 */
public record LossPage(
    String name,
    String purpose,
    String formula,
    String symbols,
    String source,
    String axis,
    List<LossCurve> curves,
    List<String> limits,
    List<String> domain,
    List<Default> defaults,
    List<Pitfall> pitfalls,
    Snippet snippet) {

  public LossPage {
    curves = List.copyOf(curves);
    limits = List.copyOf(limits);
    domain = List.copyOf(domain);
    defaults = List.copyOf(defaults);
    pitfalls = List.copyOf(pitfalls);
  }

  /** A parameter's usual value. */
  public record Default(String parameter, String value, String source) {}

  /** A mistake, and where it was seen. */
  public record Pitfall(String text, String source) {}
}
