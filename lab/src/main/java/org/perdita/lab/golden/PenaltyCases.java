package org.perdita.lab.golden;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.adversarial.GradientPenalty;
import org.perdita.adversarial.GradientPenalty.Sides;
import org.perdita.adversarial.PenaltyPoints;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EnginePenalty;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;

/**
 * Cases about the gradient penalty of a small critic, act(flatten(x) W1 + b1) W2 + b2. The critic
 * is the engine's, and so are both derivatives of it; points and penalty are ours.
 */
final class PenaltyCases {
  private static final String LEAKY = "leaky_relu_";

  /** Of float, with the few operations that make a point. */
  private static final double ROUNDING = 3e-7;

  private PenaltyCases() {}

  /** Between real and fake samples, as compare_gan does: target 1, both sides. */
  static Computed compareGanWgan(GoldenCase golden) {
    return compute(golden, between(golden), plain(golden));
  }

  /** Around real samples, as compare_gan does. */
  static Computed compareGanDragan(GoldenCase golden) {
    return compute(golden, aroundReal(golden), plain(golden));
  }

  /** Between real and fake samples, all of the penalty's parameters given. */
  static Computed wgan(GoldenCase golden) {
    return compute(golden, between(golden), full(golden));
  }

  /** Around real samples, in the variant that the case describes. */
  static Computed dragan(GoldenCase golden) {
    return compute(golden, aroundReal(golden), full(golden));
  }

  private static GradientPenalty plain(GoldenCase golden) {
    return new GradientPenalty(1, Sides.TWO, golden.param("epsilon_inside_sqrt"));
  }

  private static GradientPenalty full(GoldenCase golden) {
    Sides sides = golden.flag("one_sided", false) ? Sides.ONE : Sides.TWO;
    return new GradientPenalty(
        golden.param("target", 1), sides, golden.param("epsilon_inside_sqrt"));
  }

  private static double[] between(GoldenCase golden) {
    GoldenArray x = golden.input("x");
    GoldenArray fake = golden.input("x_fake", x.shape());
    double[] shares = golden.input("alpha").data();
    return exact(
        PenaltyPoints.between(x.tensor(), fake.tensor(), tensor(shares)),
        i -> x.data()[i] + share(shares, i, x) * (fake.data()[i] - x.data()[i]));
  }

  private static double[] aroundReal(GoldenCase golden) {
    GoldenArray x = golden.input("x");
    GoldenArray noise = golden.input("uniform", x.shape());
    double deviation = deviation(x.data());
    String perturbation = golden.word("perturbation");
    if (perturbation.contains("0.5 std")) {
      double[] shares = golden.input("alpha").data();
      return exact(
          PenaltyPoints.draganOfTheNotebook(x.tensor(), noise.tensor(), tensor(shares)),
          i -> x.data()[i] + share(shares, i, x) * 0.5 * deviation * noise.data()[i]);
    }
    if (perturbation.contains("clipped")) {
      return exact(
          PenaltyPoints.draganOfCompareGan(x.tensor(), noise.tensor()),
          i -> Math.max(0, Math.min(x.data()[i] + deviation * (noise.data()[i] - 0.5), 1)));
    }
    throw new UnsupportedOperationException("perturbation '" + perturbation + "'");
  }

  private static double share(double[] shares, int i, GoldenArray x) {
    return shares[i / (x.data().length / shares.length)];
  }

  private static org.perdita.Tensor tensor(double[] shares) {
    return new GoldenArray(new int[] {shares.length}, shares).tensor();
  }

  private static double deviation(double[] x) {
    double mean = Arrays.stream(x).average().orElse(0);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  /**
   * Our points with the digits that float cost them: where a norm is near its target the penalty
   * has no others.
   *
   * @throws IllegalArgumentException if ours are off by more than float's rounding
   */
  private static double[] exact(org.perdita.Tensor ours, IntToDoubleFunction point) {
    double[] exact = new double[ours.size()];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = point.applyAsDouble(i);
      if (!(Math.abs(ours.get(i) - exact[i]) <= ROUNDING * Math.max(1, Math.abs(exact[i])))) {
        throw new IllegalArgumentException(
            "PenaltyPoints: entry " + i + " must be " + exact[i] + ", was " + ours.get(i));
      }
    }
    return exact;
  }

  private static Computed compute(GoldenCase golden, double[] points, GradientPenalty penalty) {
    return Engine.scoped(
        () -> {
          Map<String, Tensor> weights = new LinkedHashMap<>();
          weights(golden)
              .forEach(
                  (name, weight) ->
                      weights.put(
                          name, Tensor.create(weight.data(), shape(weight)).requires_grad_(true)));
          Tensor at = Tensor.create(points, shape(golden.input("x"))).requires_grad_(true);
          BackwardPass pass = new BackwardPass();
          // The sources divide the norm by the target, ours subtracts the target.
          double lambda = 1 / (penalty.target() * penalty.target());
          double value = new EnginePenalty(penalty, lambda).add(pass, critic(golden, weights), at);
          pass.run();
          Computed computed = Computed.inFloat().with("value", GoldenArray.scalar(value));
          weights.forEach(
              (name, weight) ->
                  computed.with("gradient." + name, gradient(weight, golden.input(name).shape())));
          if (golden.hasInput("x_fake")) {
            computed.with("gradient.x_fake", ofFake(golden, at));
          }
          return computed;
        });
  }

  /** The critic's, of shapes that fit each other and the samples. */
  private static Map<String, GoldenArray> weights(GoldenCase golden) {
    GoldenArray x = golden.input("x");
    int units = golden.input("W1").last();
    Map<String, GoldenArray> weights = new LinkedHashMap<>();
    weights.put("W1", golden.input("W1", x.data().length / x.shape()[0], units));
    weights.put("b1", golden.input("b1", units));
    weights.put("W2", golden.input("W2", units, 1));
    weights.put("b2", golden.input("b2", 1));
    return weights;
  }

  private static long[] shape(GoldenArray array) {
    return Arrays.stream(array.shape()).asLongStream().toArray();
  }

  private static Layer critic(GoldenCase golden, Map<String, Tensor> weights) {
    Layer activation = activation(golden.word("activation"));
    Layer logit =
        x ->
            torch
                .matmul(
                    activation.forward(
                        torch.matmul(x.flatten(1, -1), weights.get("W1")).add(weights.get("b1"))),
                    weights.get("W2"))
                .add(weights.get("b2"));
    boolean ofProbability =
        golden.hasParam("gradient_of") && golden.word("gradient_of").startsWith("sigmoid");
    return ofProbability ? logit.then(torch::sigmoid) : logit;
  }

  private static Layer activation(String name) {
    if (name.matches(LEAKY + "\\d+(\\.\\d+)?")) {
      Scalar slope = new Scalar(Double.parseDouble(name.substring(LEAKY.length())));
      return x -> torch.leaky_relu(x, slope);
    }
    return switch (name) {
      case "tanh" -> torch::tanh;
      case "softplus" -> torch::softplus;
      case "sigmoid" -> torch::sigmoid;
      case "relu" -> torch::relu;
      default -> throw new UnsupportedOperationException("activation '" + name + "'");
    };
  }

  /** The gradient of a leaf; zeros where the value does not depend on it. */
  private static GoldenArray gradient(Tensor leaf, int[] shape) {
    return leaf.grad().defined()
        ? GoldenArray.of(EngineTensors.view(leaf.grad()), shape)
        : new GoldenArray(shape, new double[Math.toIntExact(leaf.numel())]);
  }

  /** A fake sample moves its point by its share. */
  private static GoldenArray ofFake(GoldenCase golden, Tensor points) {
    GoldenArray fake = golden.input("x_fake");
    double[] alpha = golden.input("alpha").data();
    double[] moved = gradient(points, fake.shape()).data();
    int each = moved.length / alpha.length;
    Arrays.setAll(moved, i -> alpha[i / each] * moved[i]);
    return new GoldenArray(fake.shape(), moved);
  }
}
