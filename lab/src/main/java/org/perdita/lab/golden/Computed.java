package org.perdita.lab.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Reduction;

/**
 * What Perdita made of a case: results by the names of what is expected.
 *
 * @param exact whether it was computed in double, and so is held to the case's own tolerance
 * @param results by name, see {@link GoldenCase#expected}
 */
record Computed(boolean exact, Map<String, GoldenArray> results) {

  /** Results of the float kernels that users run; none yet. */
  static Computed inFloat() {
    return new Computed(false, new LinkedHashMap<>());
  }

  /** Results computed in double; none yet. */
  static Computed inDouble() {
    return new Computed(true, new LinkedHashMap<>());
  }

  /** With one result more. */
  Computed with(String name, GoldenArray result) {
    results.put(name, result);
    return this;
  }

  /**
   * A loss's value under the case's reduction, and its gradient with respect to the input that is
   * its prediction.
   *
   * @param units the shape in which the case keeps one value a unit
   * @param input the input's name
   */
  static Computed of(Loss loss, Batch batch, GoldenCase golden, int[] units, String input) {
    boolean each = golden.reduction().equals("none");
    Evaluation evaluation = loss.evaluate(batch, reduction(golden));
    GoldenArray value =
        each ? GoldenArray.of(loss.values(batch), units) : GoldenArray.scalar(evaluation.value());
    int[] shape = golden.input(input).shape();
    return inFloat()
        .with("value", value)
        .with("gradient." + input, GoldenArray.of(evaluation.gradient(), shape));
  }

  private static Reduction reduction(GoldenCase golden) {
    return switch (golden.reduction()) {
      case "none", "sum" -> Reduction.sum();
      case "mean" -> Reduction.mean();
      default ->
          throw golden.refusal(
              "reduction", "is '" + golden.reduction() + "', not one of none, sum, mean");
    };
  }
}
