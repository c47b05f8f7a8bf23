package org.perdita.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Evaluation;
import org.perdita.Tensor;

class GanLossTest {
  private static final float[] REAL = {2.5f, -0.3f, 0, 0.4f, -7};
  private static final float[] FAKE = {-1.5f, 0.25f, 3};

  static Stream<GanLoss> losses() {
    return Stream.of(
        GanLoss.minimax(),
        new GanLoss.Minimax(0.1),
        GanLoss.nonSaturating(),
        new GanLoss.NonSaturating(0.25),
        GanLoss.leastSquares(),
        GanLoss.leastSquaresPearson(),
        GanLoss.leastSquares(0.3, 0.7, -2),
        GanLoss.leastSquaresOfTheStudy(),
        GanLoss.wasserstein(),
        GanLoss.hinge());
  }

  static Stream<RelativisticGanLoss> relativistic() {
    return Stream.of(
        RelativisticGanLoss.average(),
        RelativisticGanLoss.averageLeastSquares(),
        RelativisticGanLoss.averageHinge(),
        new RelativisticGanLoss(
            RelativisticGanLoss.Opponent.AVERAGE, GanLoss.leastSquares(0.5, 2, 1)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void criticGradientsAreTheSlopes(GanLoss gan) {
    Scores real = Scores.of(tensor(REAL)).weighted(tensor(1, 0.5f, 2, 0, 1));
    Scores fake = Scores.of(tensor(FAKE));
    PairEvaluation e = gan.critic(real, fake);
    areSlopes(e.realGradient(), REAL, x -> gan.critic(with(real, x), fake).value());
    areSlopes(e.fakeGradient(), FAKE, x -> gan.critic(real, with(fake, x)).value());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void generatorGradientIsTheSlope(GanLoss gan) {
    Evaluation e = gan.generator(tensor(FAKE));
    areSlopes(e.gradient(), FAKE, x -> gan.generator(tensor(x)).value());
  }

  @ParameterizedTest
  @MethodSource("relativistic")
  void relativisticGradientsAreTheSlopes(RelativisticGanLoss gan) {
    Scores real = Scores.of(tensor(REAL)).weighted(tensor(1, 0.5f, 2, 0, 1));
    Scores fake = Scores.of(tensor(FAKE));
    PairEvaluation critic = gan.critic(real, fake);
    areSlopes(critic.realGradient(), REAL, x -> gan.critic(with(real, x), fake).value());
    areSlopes(critic.fakeGradient(), FAKE, x -> gan.critic(real, with(fake, x)).value());
    PairEvaluation generator = gan.generator(real, fake);
    areSlopes(generator.realGradient(), REAL, x -> gan.generator(with(real, x), fake).value());
    areSlopes(generator.fakeGradient(), FAKE, x -> gan.generator(real, with(fake, x)).value());
  }

  @Test
  void pairedGradientsAreTheSlopes() {
    RelativisticGanLoss gan = RelativisticGanLoss.paired();
    float[] fake = {1, 2, -3, 0.5f, 0};
    PairEvaluation critic = gan.critic(tensor(REAL), tensor(fake));
    areSlopes(critic.realGradient(), REAL, x -> gan.critic(tensor(x), tensor(fake)).value());
    areSlopes(critic.fakeGradient(), fake, x -> gan.critic(tensor(REAL), tensor(x)).value());
    PairEvaluation generator = gan.generator(tensor(REAL), tensor(fake));
    areSlopes(generator.fakeGradient(), fake, x -> gan.generator(tensor(REAL), tensor(x)).value());
    assertThat(generator.value()).isEqualTo(gan.critic(tensor(fake), tensor(REAL)).value());
  }

  /**
   * A step against a gradient makes reals score higher and fakes lower, or it is past its target.
   */
  @ParameterizedTest
  @MethodSource("losses")
  void extremeScoresAreFiniteAndPointTheRightWay(GanLoss gan) {
    for (float size : new float[] {20, 100, 1e4f, 1e30f, Float.MAX_VALUE}) {
      Tensor wrongReal = tensor(-size, -size);
      Tensor wrongFake = tensor(size);
      PairEvaluation critic = gan.critic(wrongReal, wrongFake);
      Evaluation generator = gan.generator(tensor(-size));
      assertThat(critic.value()).isFinite();
      assertThat(generator.value()).isFinite();
      assertThat(critic.realGradient().get(0)).isFinite().isLessThanOrEqualTo(0);
      assertThat(critic.fakeGradient().get(0)).isFinite().isGreaterThanOrEqualTo(0);
      assertThat(generator.gradient().get(0)).isFinite().isLessThanOrEqualTo(0);
    }
  }

  @ParameterizedTest
  @MethodSource("relativistic")
  void extremeDifferencesAreFiniteAndPointTheRightWay(RelativisticGanLoss gan) {
    for (float size : new float[] {20, 100, 1e4f, 1e30f, Float.MAX_VALUE}) {
      PairEvaluation critic = gan.critic(tensor(-size, -size), tensor(size));
      PairEvaluation generator = gan.generator(tensor(size, size), tensor(-size));
      assertThat(critic.value()).isFinite();
      assertThat(generator.value()).isFinite();
      assertThat(critic.realGradient().get(0)).isFinite().isLessThanOrEqualTo(0);
      assertThat(critic.fakeGradient().get(0)).isFinite().isGreaterThanOrEqualTo(0);
      assertThat(generator.fakeGradient().get(0)).isFinite().isLessThanOrEqualTo(0);
    }
  }

  /** The sentence of Goodfellow et al.: where the critic is sure, minimax has no gradient left. */
  @Test
  void theNonSaturatingGeneratorLearnsWhereMinimaxDoesNot() {
    Tensor sure = tensor(-50);
    assertThat((double) GanLoss.minimax().generator(sure).gradient().get(0))
        .isCloseTo(0, within(1e-20));
    assertThat((double) GanLoss.nonSaturating().generator(sure).gradient().get(0))
        .isCloseTo(-1, within(1e-7));
  }

  @Test
  void theCriticOfMinimaxIsBinaryCrossEntropy() {
    double expected = 0;
    for (float r : REAL) {
      expected += Math.log1p(Math.exp(-r)) / REAL.length;
    }
    for (float f : FAKE) {
      expected += Math.log1p(Math.exp(f)) / FAKE.length;
    }
    assertThat(GanLoss.minimax().critic(tensor(REAL), tensor(FAKE)).value())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void exchangingRealAndFakeNegatesWasserstein() {
    double value = GanLoss.wasserstein().critic(tensor(REAL), tensor(FAKE)).value();
    double other = GanLoss.wasserstein().critic(tensor(FAKE), tensor(REAL)).value();
    assertThat(value).isEqualTo(-other);
  }

  @Test
  void leastSquaresIsAtRestAtItsTargets() {
    PairEvaluation e = GanLoss.leastSquares(-1, 1, 0).critic(tensor(1, 1), tensor(-1));
    assertThat(e.value()).isZero();
    assertThat(e.realGradient().toArray()).containsOnly(0);
    assertThat(e.fakeGradient().toArray()).containsOnly(0);
  }

  /** Weight 0 is absence, even of NaN; a weight a sample serves all of its patches. */
  @ParameterizedTest
  @MethodSource("losses")
  void weightsCount(GanLoss gan) {
    Tensor patches = Tensor.of(new float[] {1, 2, Float.NaN, Float.NaN, -1, 0.5f}, 3, 2);
    Scores some = Scores.of(patches).weighted(tensor(1, 0, 1));
    Tensor rest = Tensor.of(new float[] {1, 2, -1, 0.5f}, 2, 2);
    PairEvaluation e = gan.critic(some, Scores.of(tensor(FAKE)));
    PairEvaluation alone = gan.critic(rest, tensor(FAKE));
    assertThat(e.value()).isCloseTo(alone.value(), within(1e-12));
    assertThat(e.realGradient().get(2)).isZero();
    assertThat(e.realGradient().get(5)).isEqualTo(alone.realGradient().get(3));
    assertThat(e.realGradient().shape()).containsExactly(3, 2);
    PairEvaluation none =
        gan.critic(some.weighted(tensor(0, 0, 0)), Scores.of(tensor(1)).weighted(tensor(0)));
    assertThat(none.value()).isZero();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theOrderOfScoresIsNoMatter(GanLoss gan) {
    float[] reversed = {-7, 0.4f, 0, -0.3f, 2.5f};
    assertThat(gan.critic(tensor(reversed), tensor(FAKE)).value())
        .isCloseTo(gan.critic(tensor(REAL), tensor(FAKE)).value(), within(1e-12));
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> new GanLoss.Minimax(1))
        .hasMessage("Minimax: labelSmoothing must be in [0, 1), was 1.0");
    assertThatThrownBy(() -> GanLoss.leastSquares(0, Double.NaN, 1))
        .hasMessage("LeastSquares: a, b, c must be finite numbers, was 0.0, NaN, 1.0");
    assertThatThrownBy(() -> Scores.of(Tensor.zeros(0)))
        .hasMessage("Scores: values must be at least one score, was Tensor[0]");
    assertThatThrownBy(() -> Scores.of(tensor(REAL)).weighted(tensor(1, 2)))
        .hasMessage("Scores: weights has shape [2], one weight a sample has shape [5]");
    assertThatThrownBy(
            () -> GanLoss.hinge().generator(Scores.of(tensor(1, 2)).weighted(tensor(1, Float.NaN))))
        .hasMessage("Hinge[]: weights[1] = NaN is not a finite number of 0 or more");
    assertThatThrownBy(
            () ->
                new RelativisticGanLoss(
                    RelativisticGanLoss.Opponent.AVERAGE, GanLoss.wasserstein()))
        .hasMessage(
            "RelativisticGanLoss: game must be minimax, non-saturating, least squares or hinge,"
                + " was Wasserstein[]");
    assertThatThrownBy(() -> RelativisticGanLoss.paired().critic(tensor(1, 2), tensor(1)))
        .hasMessageContaining("paired scores have one shape and no weights, were Tensor[2] and");
  }

  private static Tensor tensor(float... x) {
    return Tensor.of(x, x.length);
  }

  private static Scores with(Scores scores, float... x) {
    return new Scores(tensor(x), scores.weights());
  }

  /** Central differences over many small moves, away from the hinge's corner. */
  static void areSlopes(Tensor gradient, float[] at, ToDoubleFunction<float[]> value) {
    Random random = new Random(3);
    for (int i = 0; i < at.length; i++) {
      float step = 1e-2f + 1e-3f * random.nextFloat();
      float[] up = at.clone();
      float[] down = at.clone();
      up[i] += step;
      down[i] -= step;
      double slope = (value.applyAsDouble(up) - value.applyAsDouble(down)) / (up[i] - down[i]);
      assertThat((double) gradient.get(i)).isCloseTo(slope, within(2e-4 + 2e-4 * Math.abs(slope)));
    }
  }
}
