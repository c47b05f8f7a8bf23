package org.perdita.lab.parity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.adversarial.PairEvaluation;

/**
 * What a recipe gave.
 *
 * @param results by the names of golden files: {@code value}, {@code gradient.logits}
 */
public record Answer(Map<String, Tensor> results) {

  public Answer {
    results = Map.copyOf(results);
  }

  /** A single number. */
  static Answer value(double value) {
    return new Answer(Map.of("value", scalar(value)));
  }

  /** One number of several. */
  static Answer value(String name, double value) {
    return new Answer(Map.of("value." + name, scalar(value)));
  }

  /** One number a unit. */
  static Answer values(Tensor values) {
    return new Answer(Map.of("value", values));
  }

  /** A value with its gradient by {@code input}. */
  static Answer of(Evaluation e, String input) {
    return value(e.value()).with("gradient." + input, e.gradient());
  }

  /** A value with its gradients by both kinds of scores. */
  static Answer of(PairEvaluation e, String real, String fake) {
    return value(e.value())
        .with("gradient." + real, e.realGradient())
        .with("gradient." + fake, e.fakeGradient());
  }

  /** With one result more. */
  Answer with(String name, Tensor result) {
    Map<String, Tensor> all = new LinkedHashMap<>(results);
    all.put(name, result);
    return new Answer(all);
  }

  /** A single number as a tensor. */
  static Tensor scalar(double value) {
    return Tensor.of(new float[] {(float) value}, 1);
  }
}
