package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.adversarial.GradientPenalty;

final class EnginePenaltyTest {
  private static final double LAMBDA = 10;

  /** A critic of points in the plane. */
  private static final class Critic extends Net {
    private final Layer hidden = linear(2, 6);
    private final Layer output = linear(6, 1);

    Critic() {
      super(5);
    }

    @Override
    public Tensor forward(Tensor x) {
      return output.forward(torch.tanh(hidden.forward(x)));
    }
  }

  private static Tensor points(int n) {
    Random random = new Random(n);
    float[] points = new float[2 * n];
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) random.nextGaussian();
    }
    return EngineTensors.of(points, n, 2);
  }

  private static float[] copy(Tensor tensor) {
    return EngineTensors.view(tensor).toArray();
  }

  /** One norm over the batch would make it pay 10 (√n − 1)². */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 64})
  void aCriticOfSlopeOnePaysNothingAtAnyBatchSize(int n) {
    Engine.scoped(
        () -> {
          Tensor slope = EngineTensors.of(new float[] {0.6f, 0.8f}, 2).requires_grad_(true);
          BackwardPass pass = new BackwardPass();
          double paid =
              new EnginePenalty(GradientPenalty.wganGp(), LAMBDA)
                  .add(pass, x -> torch.matmul(x, slope), points(n));
          pass.run();
          assertThat(paid).isCloseTo(0, within(1e-9));
          assertThat(copy(slope.grad())).containsExactly(new float[2], within(1e-5f));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void reachesParametersAndPointsAsTheComposedPenaltyDoes(int n) {
    Critic ours = new Critic();
    Critic theirs = new Critic();
    try (ours;
        theirs) {
      Engine.scoped(
          () -> {
            GradientPenalty penalty = GradientPenalty.wganGp().withTarget(0.3);
            Tensor here = points(n).requires_grad_(true);
            BackwardPass pass = new BackwardPass();
            double paid = new EnginePenalty(penalty, LAMBDA).add(pass, ours::forward, here);
            pass.run();

            Tensor there = points(n).requires_grad_(true);
            Tensor composed = composed(theirs, there);
            composed.backward();

            assertThat(paid).isCloseTo(composed.item_double(), within(1e-6));
            assertThat(copy(here.grad())).containsExactly(copy(there.grad()), within(1e-5f));
            // The last bias has no part in a slope.
            for (int i = 0; i < 3; i++) {
              assertThat(copy(ours.parameters().get(i).grad()))
                  .containsExactly(copy(theirs.parameters().get(i).grad()), within(1e-5f));
            }
          });
    }
  }

  /** λ · mean (‖∂ critic / ∂ x‖ − 0.3)², all of it in the engine; the network's slope by hand. */
  private static Tensor composed(Critic critic, Tensor x) {
    Tensor weight = critic.parameters().get(0);
    Tensor bias = critic.parameters().get(1);
    Tensor last = critic.parameters().get(2);
    Tensor a = torch.tanh(torch.matmul(x, weight.t()).add(bias));
    Tensor slope = torch.matmul(a.mul(a).neg().add(new Scalar(1)).mul(last), weight);
    Tensor norm = slope.mul(slope).sum(1).sqrt();
    Tensor off = norm.sub(new Scalar(0.3));
    return off.mul(off).mean().mul(new Scalar(LAMBDA));
  }

  /** A cost of a float's last digit is seen in double. */
  @Test
  void penalisesADoubleCriticInDouble() {
    Engine.scoped(
        () -> {
          Tensor slope = Tensor.create(new double[] {1 + 1e-9}, 1).requires_grad_(true);
          Tensor x = Tensor.create(new double[] {1, 2}, 2, 1);
          BackwardPass pass = new BackwardPass();
          double paid =
              new EnginePenalty(GradientPenalty.wganGp().withEpsilon(0), LAMBDA)
                  .add(pass, at -> torch.matmul(at, slope), x);
          pass.run();
          assertThat(paid).isCloseTo(LAMBDA * 1e-18, within(1e-23));
          assertThat(slope.grad().item_double()).isCloseTo(2 * LAMBDA * 1e-9, within(1e-13));
        });
  }

  @Test
  void pointsThatDoNotAskForAGradientGetNone() {
    Critic critic = new Critic();
    try (critic) {
      Engine.scoped(
          () -> {
            Tensor x = points(4);
            BackwardPass pass = new BackwardPass();
            new EnginePenalty(GradientPenalty.wganGp(), 1).add(pass, critic::forward, x);
            pass.run();
            assertThat(x.requires_grad()).isFalse();
          });
    }
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new EnginePenalty(GradientPenalty.wganGp(), Double.NaN))
        .hasMessage("EnginePenalty: lambda must be a finite number of 0 or more, was NaN");
  }
}
