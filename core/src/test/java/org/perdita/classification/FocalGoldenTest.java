package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Numbers that torchvision, optax, fvcore and keras-retinanet gave in float64, against the float
 * kernels: each entry to 4e-6 of itself plus 1e-6 of its array's largest.
 */
class FocalGoldenTest {

  static Stream<Named<JsonNode>> cases() throws Exception {
    try (InputStream in = FocalGoldenTest.class.getResourceAsStream("/golden/focal.json")) {
      JsonNode all = new ObjectMapper().readTree(Objects.requireNonNull(in));
      return StreamSupport.stream(all.spliterator(), false)
          .map(c -> Named.of(c.get("name").asText(), c));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(JsonNode golden) {
    JsonNode inputs = golden.get("inputs");
    double gamma = golden.get("params").get("gamma").asDouble();
    double a = golden.get("params").get("alpha").asDouble();
    Alpha alpha = a < 0 ? Alpha.none() : Alpha.of(a);
    switch (golden.get("fn").asText()) {
      case "sigmoid_focal_loss" -> elements(golden, new FocalLoss(alpha, gamma));
      case "focal_loss_star", "focal_loss_star_beta0" -> {
        double beta = golden.get("params").get("beta").asDouble();
        elements(golden, new FocalStarLoss(alpha, gamma, beta));
      }
      case "keras_retinanet_focal" -> anchors(golden, inputs, new FocalLoss(alpha, gamma));
      default -> throw new AssertionError("unknown fn " + golden.get("fn"));
    }
  }

  private static void elements(JsonNode golden, Loss loss) {
    JsonNode inputs = golden.get("inputs");
    Batch batch = Batch.of(tensor(inputs.get("logits")), tensor(inputs.get("targets")));
    close(loss.values(batch).toArray(), numbers(golden.get("value")));
    Evaluation e = loss.evaluate(batch, Reduction.sum());
    close(e.gradient().toArray(), numbers(golden.get("gradient").get("logits")));
  }

  /**
   * Probabilities instead of logits; anchors of state −1 are ignored, those of state 1 counted.
   * Keras adds 1e-7 inside the logarithm: what that changes is taken off its numbers.
   */
  private static void anchors(JsonNode golden, JsonNode inputs, FocalLoss loss) {
    double[] p = numbers(inputs.get("probabilities"));
    double[] states = numbers(inputs.get("anchor_state"));
    int classes = p.length / states.length;
    float[] logits = new float[p.length];
    float[] weights = new float[p.length];
    long positives = 0;
    for (int i = 0; i < p.length; i++) {
      logits[i] = (float) (Math.log(p[i]) - Math.log1p(-p[i]));
      weights[i] = states[i / classes] == -1 ? 0 : 1;
      positives += i % classes == 0 && states[i / classes] == 1 ? 1 : 0;
    }
    int[] shape = shape(inputs.get("probabilities"));
    Batch batch =
        Batch.of(Tensor.of(logits, shape), tensor(inputs.get("labels")))
            .weighted(Tensor.of(weights, shape));
    Evaluation e = loss.evaluate(batch, Reduction.perPositive(positives));
    float[] gradient = e.gradient().toArray();
    double[] value = numbers(golden.get("value"));
    double[] slopes = numbers(golden.get("gradient").get("probabilities"));
    double[] labels = numbers(inputs.get("labels"));
    for (int i = 0; i < p.length; i++) {
      gradient[i] /= (float) (p[i] * (1 - p[i]));
      double share = weights[i] / Math.max(1, positives);
      double[] plain = focal(loss, p[i], labels[i], 0);
      double[] keras = focal(loss, p[i], labels[i], 1e-7);
      value[0] -= share * (keras[0] - plain[0]);
      slopes[i] -= share * (keras[1] - plain[1]);
    }
    close(new float[] {(float) e.value()}, value);
    close(gradient, slopes);
  }

  /** α_t (1 − p_t)^γ (−log(p_t + ε)), and its slope along p. */
  private static double[] focal(FocalLoss loss, double p, double y, double epsilon) {
    double alpha = loss.alpha().values().get(0);
    double alphaT = y == 1 ? alpha : 1 - alpha;
    double pT = y == 1 ? p : 1 - p;
    double ce = -Math.log(pT + epsilon);
    double power = Math.pow(1 - pT, loss.gamma());
    double slope = -loss.gamma() * power / (1 - pT) * ce - power / (pT + epsilon);
    return new double[] {alphaT * power * ce, alphaT * slope * (2 * y - 1)};
  }

  private static void close(float[] found, double[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (double number : expected) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("entry %d", i)
          .isCloseTo(expected[i], within(4e-6 * Math.abs(expected[i]) + 1e-6 * largest));
    }
  }

  private static Tensor tensor(JsonNode node) {
    double[] numbers = numbers(node);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return Tensor.of(floats, shape(node));
  }

  private static double[] numbers(JsonNode node) {
    return StreamSupport.stream(node.get("data").spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static int[] shape(JsonNode node) {
    return StreamSupport.stream(node.get("shape").spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .toArray();
  }
}
