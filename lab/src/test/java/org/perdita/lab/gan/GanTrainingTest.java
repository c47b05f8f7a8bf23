package org.perdita.lab.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.adversarial.GanLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

class GanTrainingTest {
  private static final int NOISE = 4;
  private static final double[] CENTRE = {3, -2};

  /** Two hidden layers of tanh. */
  private static final class Mlp extends Net {
    private final Layer first;
    private final Layer second;
    private final Layer last;

    Mlp(long seed, int inputs, int outputs) {
      this(seed, inputs, 32, outputs);
    }

    Mlp(long seed, int inputs, int narrowest, int outputs) {
      super(seed);
      first = linear(inputs, 32);
      second = linear(32, narrowest);
      last = linear(narrowest, outputs);
    }

    @Override
    public Tensor forward(Tensor x) {
      return last.forward(torch.tanh(second.forward(torch.tanh(first.forward(x)))));
    }
  }

  /** Normal around a centre away from where the generator begins. */
  private static final Samples REAL =
      (n, draw) -> {
        float[] points = new float[2 * n];
        for (int i = 0; i < points.length; i++) {
          points[i] = (float) (CENTRE[i % 2] + 0.3 * draw.normal());
        }
        return EngineTensors.of(points, n, 2);
      };

  /** What a training leaves. */
  private record Left(List<GanStep> steps, List<Float> samples, Optional<String> diverged) {}

  private static Left train(GanObjective objective, GanRecipe recipe, Samples real, int steps)
      throws InterruptedException {
    List<GanStep> seen = new ArrayList<>();
    try (Net generator = new Mlp(1, NOISE, 2);
        // An autoencoder without a bottleneck would give back everything.
        Net critic = objective.reconstructs() ? new Mlp(2, 2, 1, 2) : new Mlp(2, 2, 1);
        GanTraining training =
            new GanTraining(objective, recipe, generator, critic, real, Samples.normal(NOISE), 3)) {
      Optional<String> diverged = training.run(steps, seen::add);
      return new Left(seen, numbers(training.generate(500, 0)), diverged);
    }
  }

  private static List<Float> numbers(org.perdita.Tensor tensor) {
    List<Float> numbers = new ArrayList<>();
    for (float x : tensor.toArray()) {
      numbers.add(x);
    }
    return numbers;
  }

  private static GanRecipe recipe(GanObjective objective) {
    double rate = 3e-3;
    return objective.constraint() instanceof Constraint.Clipping
        ? new GanRecipe(
            32,
            5,
            net -> Optimizer.rmsProp(net, rate, 0.99),
            net -> Optimizer.rmsProp(net, rate, 0.99))
        : GanRecipe.adam(32, 2, rate, 0.5);
  }

  static Stream<GanObjective> objectives() {
    return GanObjective.all().stream()
        .map(o -> o.name().equals("WGAN-GP") ? GanObjective.wassersteinPenalised(1) : o)
        .map(o -> o.name().equals("WGAN") ? GanObjective.wassersteinClipped(0.3) : o)
        // BEGAN's balance moves by 0.001 a step; this training is short.
        .map(o -> o.reconstructs() ? GanObjective.began(0.5, 0.02) : o);
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void movesTheSamplesToTheRealOnes(GanObjective objective) throws InterruptedException {
    Left left = train(objective, recipe(objective), REAL, 400);
    assertThat(left.diverged()).isEmpty();
    assertThat(distance(left.samples())).isLessThan(1.2);
    assertThat(left.steps()).hasSize(400).allMatch(step -> Double.isFinite(step.generator()));
  }

  /** How far the samples' mean is from the real centre; 3.6 before the training. */
  private static double distance(List<Float> samples) {
    double[] mean = new double[2];
    for (int i = 0; i < samples.size(); i++) {
      mean[i % 2] += samples.get(i) / (samples.size() / 2.0);
    }
    return Math.hypot(mean[0] - CENTRE[0], mean[1] - CENTRE[1]);
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void hasTheSameBitsEveryTime(GanObjective objective) throws InterruptedException {
    Left once = train(objective, recipe(objective), REAL, 10);
    Left again = train(objective, recipe(objective), REAL, 10);
    assertThat(again.steps()).isEqualTo(once.steps());
    assertThat(again.samples()).isEqualTo(once.samples());
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void measuringChangesNothing(GanObjective objective) throws InterruptedException {
    Left plain = train(objective, recipe(objective), REAL, 6);
    List<GanStep> seen = new ArrayList<>();
    try (Net generator = new Mlp(1, NOISE, 2);
        Net critic = objective.reconstructs() ? new Mlp(2, 2, 1, 2) : new Mlp(2, 2, 1);
        GanTraining training =
            new GanTraining(
                objective, recipe(objective), generator, critic, REAL, Samples.normal(NOISE), 3)) {
      training.run(
          6,
          step -> {
            seen.add(step);
            assertThat(training.judge(50, 0)).isEqualTo(training.judge(50, 0)).isFinite();
            assertThat(training.slope(50, 0)).isEqualTo(training.slope(50, 0)).isPositive();
            training.generate(50, 1);
          });
    }
    assertThat(seen).isEqualTo(plain.steps());
  }

  @Test
  void clipsTheCriticAfterEachStep() throws InterruptedException {
    GanObjective objective = GanObjective.wassersteinClipped(0.05);
    try (Net generator = new Mlp(1, NOISE, 2);
        Net critic = new Mlp(2, 2, 1);
        GanTraining training =
            new GanTraining(
                objective, recipe(objective), generator, critic, REAL, Samples.uniform(NOISE), 3)) {
      training.run(
          3,
          step -> {
            for (float weight : critic.toArray()) {
              assertThat(weight).isBetween(-0.05f, 0.05f);
            }
          });
    }
  }

  @Test
  void leavesTheOtherNetworkAlone() {
    try (Net generator = new Mlp(1, NOISE, 2);
        Net critic = new Mlp(2, 2, 1);
        GanTraining training =
            new GanTraining(
                GanObjective.nonSaturating(),
                new GanRecipe(
                    16,
                    1,
                    net -> Optimizer.sgd(net, 0, 0, 0),
                    net -> Optimizer.sgd(net, 0.1, 0, 0)),
                generator,
                critic,
                REAL,
                Samples.normal(NOISE),
                3)) {
      float[] before = critic.toArray();
      float[] drawn = generator.toArray();
      training.step();
      assertThat(critic.toArray()).isEqualTo(before);
      assertThat(generator.toArray()).isNotEqualTo(drawn);
      assertThat(critic.parameters()).allMatch(Tensor::requires_grad);
    }
  }

  @Test
  void recordsValuesThatAreNotFinite() throws InterruptedException {
    Samples broken =
        (n, draw) -> {
          float[] points = new float[2 * n];
          points[n] = Float.NaN;
          return EngineTensors.of(points, n, 2);
        };
    for (GanObjective objective : GanObjective.all()) {
      Left left = train(objective, recipe(objective), broken, 5);
      assertThat(left.steps()).isEmpty();
      assertThat(left.diverged().orElseThrow())
          .isEqualTo("training diverged: the loss of step 1 is NaN, in generator step 1");
    }
  }

  @Test
  void recordsAnExplosion() throws InterruptedException {
    GanRecipe wild =
        new GanRecipe(
            32, 1, net -> Optimizer.sgd(net, 1e6, 0.9, 0), net -> Optimizer.sgd(net, 1e6, 0.9, 0));
    GanObjective objective = GanObjective.of("LSGAN", GanLoss.leastSquares());
    Left left = train(objective, wild, REAL, 500);
    assertThat(left.diverged().orElseThrow()).startsWith("training diverged: the loss of step ");
    assertThat(left.steps().size()).isLessThan(500);
  }

  /** A critic whose scores no longer depend on the sample. */
  @Test
  void recordsACriticThatCollapsed() throws InterruptedException {
    try (Net generator = new Mlp(1, NOISE, 2);
        Net critic =
            new Net(2) {
              private final Layer last = linear(2, 1);

              @Override
              public Tensor forward(Tensor x) {
                return torch.relu(last.forward(x.mul(torch.zeros(1))).sub(torch.ones(1)));
              }
            };
        GanTraining training =
            new GanTraining(
                GanObjective.hinge(),
                GanRecipe.adam(8, 1, 1e-4, 0.5),
                generator,
                critic,
                REAL,
                Samples.normal(NOISE),
                3)) {
      assertThat(training.run(500, step -> {}))
          .contains(
              "the critic collapsed: it gave every sample the same score in the 50 steps up to"
                  + " 50");
      assertThat(training.steps()).isEqualTo(50);
    }
  }

  /** A penalty pays λ times what the core says, and only where there is one. */
  @Test
  void reportsThePenaltyApart() {
    GanObjective objective = GanObjective.wassersteinPenalised(10);
    try (Net generator = new Mlp(1, NOISE, 2);
        Net critic =
            new Net(2) {
              private final Tensor slope = parameter(EngineTensors.of(new float[] {0.6f, 0.8f}, 2));

              @Override
              public Tensor forward(Tensor x) {
                return torch.matmul(x, slope);
              }
            };
        GanTraining training =
            new GanTraining(
                objective,
                GanRecipe.adam(16, 1, 0, 0.5),
                generator,
                critic,
                REAL,
                Samples.normal(NOISE),
                3)) {
      GanStep step = training.step();
      assertThat(step.penalty()).isCloseTo(0, within(1e-9));
      assertThat(step.critic()).isLessThan(0);
    }
  }
}
