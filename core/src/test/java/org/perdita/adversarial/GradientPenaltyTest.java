package org.perdita.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Evaluation;
import org.perdita.Tensor;

class GradientPenaltyTest {

  static Stream<GradientPenalty> penalties() {
    GradientPenalty plain = GradientPenalty.wganGp();
    return Stream.of(
        plain,
        plain.oneSided(),
        plain.withTarget(2.5),
        plain.withTarget(0),
        plain.withEpsilon(1e-4),
        plain.withEpsilon(0));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void gradientIsTheSlope(GradientPenalty penalty) {
    float[] g = new float[12];
    Random random = new Random(1);
    for (int i = 0; i < g.length; i++) {
      g[i] = (float) random.nextGaussian() * (i < 4 ? 0.2f : 1.5f);
    }
    Evaluation e = penalty.evaluate(Tensor.of(g, 3, 2, 2));
    GanLossTest.areSlopes(e.gradient(), g, x -> penalty.evaluate(Tensor.of(x, 3, 2, 2)).value());
  }

  /** The mistake of one norm over the batch would cost (√n − 1)² here. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 64})
  void aLipschitzCriticPaysNothingAtAnyBatchSize(int n) {
    float[] g = new float[3 * n];
    Random random = new Random(n);
    for (int i = 0; i < n; i++) {
      double[] v = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double norm = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
      for (int j = 0; j < 3; j++) {
        g[3 * i + j] = (float) (v[j] / norm);
      }
    }
    assertThat(GradientPenalty.wganGp().evaluate(Tensor.of(g, n, 3)).value())
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void oneSidedForgivesSmallNorms() {
    GradientPenalty penalty = GradientPenalty.wganGp().oneSided();
    Evaluation e = penalty.evaluate(Tensor.of(new float[] {0.3f, 0, 3, 4}, 2, 2));
    assertThat(e.value()).isCloseTo((5 - 1) * (5 - 1) / 2.0, within(1e-9));
    assertThat(e.gradient().get(0)).isZero();
  }

  @Test
  void aGradientOfZeroHasAFiniteSlope() {
    for (double epsilon : new double[] {0, 1e-10, 1e-4}) {
      Evaluation e = GradientPenalty.wganGp().withEpsilon(epsilon).evaluate(Tensor.zeros(2, 3));
      double norm = Math.sqrt(epsilon);
      assertThat(e.value()).isCloseTo((norm - 1) * (norm - 1), within(1e-12));
      for (float g : e.gradient().toArray()) {
        assertThat(Math.abs(g)).isZero();
      }
    }
  }

  @Test
  void pointsLieWhereTheyAreSaidTo() {
    Tensor real = Tensor.of(new float[] {0, 1, 2, 3}, 2, 2);
    Tensor fake = Tensor.of(new float[] {4, 5, 6, 7}, 2, 2);
    Tensor shares = Tensor.of(new float[] {0.5f, 0.25f}, 2);
    assertThat(PenaltyPoints.between(real, fake, shares).toArray()).containsExactly(2, 3, 3, 4);
    Tensor ones = Tensor.of(new float[] {1, 1, 1, 1}, 2, 2);
    float half = (float) (0.5 * Math.sqrt(1.25));
    assertThat(PenaltyPoints.draganOfTheNotebook(real, ones, shares).toArray())
        .containsExactly(0.5f * half, 1 + 0.5f * half, 2 + 0.25f * half, 3 + 0.25f * half);
    assertThat(PenaltyPoints.draganOfCompareGan(real, ones).toArray())
        .containsExactly(half, 1, 1, 1);
    assertThat(PenaltyPoints.draganOfThePaper(real, ones, 10).toArray())
        .containsExactly(10, 11, 12, 13);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> GradientPenalty.wganGp().withTarget(-1))
        .hasMessage("GradientPenalty: target must be a finite number of 0 or more, was -1.0");
    assertThatThrownBy(() -> GradientPenalty.wganGp().withEpsilon(Double.NaN))
        .hasMessage("GradientPenalty: epsilon must be a finite number of 0 or more, was NaN");
    assertThatThrownBy(() -> GradientPenalty.wganGp().evaluate(Tensor.zeros(0, 3)))
        .hasMessageEndingWith(
            "inputGradients must be of shape [n, …] with at least one sample, was Tensor[0, 3]");
    Tensor x = Tensor.zeros(2, 3);
    assertThatThrownBy(() -> PenaltyPoints.between(x, x, Tensor.zeros(2, 3)))
        .hasMessage("PenaltyPoints: shares has shape [2, 3], one share a sample has shape [2]");
    Tensor outside = Tensor.of(new float[] {0, 2}, 2);
    assertThatThrownBy(() -> PenaltyPoints.between(x, x, outside))
        .hasMessage("PenaltyPoints: shares[1] = 2.0 is not in [0, 1]");
    assertThatThrownBy(() -> new WeightClipping(0))
        .hasMessage("WeightClipping: bound must be a finite number above 0, was 0.0");
  }

  @Test
  void clippingHoldsTheBound() {
    Tensor p = Tensor.of(new float[] {-1, 0.005f, 0.02f}, 3);
    WeightClipping.ofThePaper().clip(p);
    assertThat(p.toArray()).containsExactly(-0.01f, 0.005f, 0.01f);
  }
}
