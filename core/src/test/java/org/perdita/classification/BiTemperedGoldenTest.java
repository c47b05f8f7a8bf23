package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

/** The kernels that users run, against numbers made by the authors' code in double. */
class BiTemperedGoldenTest {
  /** So many published iterations have converged, and are held against the solver. */
  private static final int CONVERGED = 50;

  record Case(String name, JsonNode json) {
    double param(String name) {
      return json.get("params").get(name).asDouble();
    }

    Normalization normalization() {
      int published = json.get("params").get("num_iters").asInt();
      return published < CONVERGED ? Normalization.published(published) : Normalization.solved();
    }

    double[] input(String name) {
      return data(json.get("inputs").get(name));
    }

    int[] shape(String input) {
      return ints(json.get("inputs").get(input).get("shape"));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream in =
        BiTemperedGoldenTest.class.getResourceAsStream("/golden/bitempered.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
          .map(node -> new Case(node.get("name").asText(), node))
          .toList();
    }
  }

  static Stream<Case> of(String fn) throws IOException {
    return cases().stream().filter(c -> c.json().get("fn").asText().equals(fn));
  }

  static Stream<Case> losses() throws IOException {
    return of("bi_tempered_logistic_loss");
  }

  static Stream<Case> binaryLosses() throws IOException {
    return of("bi_tempered_binary_logistic_loss");
  }

  static Stream<Case> softmaxes() throws IOException {
    return of("tempered_softmax");
  }

  static Stream<Case> sigmoids() throws IOException {
    return of("tempered_sigmoid");
  }

  static Stream<Case> functions() throws IOException {
    return Stream.concat(of("log_t"), of("exp_t"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void loss(Case c) {
    Smoothing smoothing = Smoothing.offClass(c.param("label_smoothing"));
    Loss loss =
        new BiTemperedLoss(
            c.param("t1"), c.param("t2"), c.normalization(), smoothing, ClassWeights.none());
    double[] targets = c.input("labels");
    int[] rows = rows(c.shape("activations"));
    Tensor logits = tensor(c.input("activations"), rows);
    holds(c, loss, Batch.of(logits, tensor(targets, rows)));
    boolean oneHot = Arrays.stream(targets).allMatch(y -> y == 0 || y == 1);
    if (oneHot) {
      int[] labels =
          IntStream.range(0, targets.length)
              .filter(i -> targets[i] == 1)
              .map(i -> i % rows[1])
              .toArray();
      holds(c, loss, Batch.of(logits, Labels.of(labels)));
    }
  }

  @ParameterizedTest
  @MethodSource("binaryLosses")
  void binaryLoss(Case c) {
    Loss loss =
        new BinaryBiTemperedLoss(
            c.param("t1"), c.param("t2"), c.normalization(), c.param("label_smoothing"));
    int[] shape = c.shape("activations");
    holds(
        c, loss, Batch.of(tensor(c.input("activations"), shape), tensor(c.input("labels"), shape)));
  }

  private static void holds(Case c, Loss loss, Batch batch) {
    isClose(c, "value", loss.values(batch), data(c.json().get("value")));
    isClose(
        c,
        "gradient",
        loss.evaluate(batch, Reduction.sum()).gradient(),
        data(c.json().get("gradient").get("activations")));
  }

  @ParameterizedTest
  @MethodSource("softmaxes")
  void softmax(Case c) {
    TemperedSoftmax softmax = new TemperedSoftmax(c.param("t"), c.normalization());
    Tensor logits = tensor(c.input("activations"), rows(c.shape("activations")));
    isClose(c, "value", softmax.of(logits), data(c.json().get("value")));
  }

  @ParameterizedTest
  @MethodSource("sigmoids")
  void sigmoid(Case c) {
    TemperedSigmoid sigmoid = new TemperedSigmoid(c.param("t"), c.normalization());
    Tensor logits = tensor(c.input("activations"), c.shape("activations"));
    isClose(c, "value", sigmoid.of(logits), data(c.json().get("value")));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void logarithmAndExponential(Case c) {
    boolean log = c.json().get("fn").asText().equals("log_t");
    double t = c.param("t");
    double[] u = c.input("u");
    double[] value = data(c.json().get("value"));
    double tolerance = c.json().get("rtol").asDouble();
    for (int i = 0; i < u.length; i++) {
      double ours = log ? Tempered.log(t, u[i]) : Tempered.exp(t, u[i]);
      assertThat(Math.abs(ours - value[i]))
          .isLessThanOrEqualTo(c.json().get("atol").asDouble() + tolerance * Math.abs(value[i]));
    }
  }

  /** The class axis is the last one there; all axes before it count rows. */
  private static int[] rows(int... shape) {
    int classes = shape[shape.length - 1];
    return new int[] {Arrays.stream(shape).reduce(1, (a, b) -> a * b) / classes, classes};
  }

  private static void isClose(Case c, String what, Tensor ours, double... expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      double tolerance =
          Math.max(
              4e-6 * Math.abs(expected[i]) + 1e-6 * largest,
              c.json().get("rtol").asDouble() * Math.abs(expected[i])
                  + c.json().get("atol").asDouble());
      assertThat(Math.abs(ours.get(i) - expected[i]))
          .as("%s[%d]: %s, expected %s", what, i, ours.get(i), expected[i])
          .isLessThanOrEqualTo(tolerance);
    }
  }

  private static Tensor tensor(double[] data, int... shape) {
    float[] floats = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      floats[i] = (float) data[i];
    }
    return Tensor.of(floats, shape);
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  /** Numbers may be the strings NaN and Infinity. */
  private static double[] data(JsonNode array) {
    return StreamSupport.stream(array.get("data").spliterator(), false)
        .mapToDouble(n -> n.isTextual() ? Double.parseDouble(n.asText()) : n.asDouble())
        .toArray();
  }
}
