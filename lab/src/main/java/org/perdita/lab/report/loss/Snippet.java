package org.perdita.lab.report.loss;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.lab.parity.Regions;

/**
 * A few lines of Java and what they give. The text is cut from the source of {@link Snippets}
 * between the markers of its region, and what it gives comes from running that very code.
 *
 * @param code the lines
 * @param result what they evaluate to
 */
public record Snippet(String code, String result) {
  /** The region's lines, with what running them gave. */
  static Snippet of(String region, Evaluation result) {
    String code = Regions.read(Snippets.class, region);
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
}
