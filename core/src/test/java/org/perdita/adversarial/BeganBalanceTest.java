package org.perdita.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.adversarial.BeganBalance.Clipping;

class BeganBalanceTest {

  @Test
  void movesKTowardsTheRatio() {
    BeganBalance balance = BeganBalance.start(0.5);
    BeganBalance next = balance.next(4, 1);
    assertThat(next.k()).isCloseTo(0.001, within(1e-15));
    assertThat(balance.k()).isZero();
    assertThat(next.critic(4, 1)).isCloseTo(4 - 0.001, within(1e-12));
    assertThat(next.convergence(4, 1)).isEqualTo(5);
    assertThat(BeganBalance.start(0.5).balance(2, 1)).isZero();
  }

  @Test
  void holdsKUnlessToldNotTo() {
    BeganBalance balance = new BeganBalance(0, 0.1, 1, Clipping.UNIT);
    assertThat(balance.next(1, 5).k()).isZero();
    assertThat(balance.next(100, 0).k()).isEqualTo(1);
    assertThat(balance.withoutClipping().next(1, 5).k()).isCloseTo(-4.9, within(1e-12));
  }

  @Test
  void theErrorIsTheMeanAbsoluteDifference() {
    Evaluation e =
        ReconstructionError.evaluate(
            Tensor.of(new float[] {1, 2, 3, 4}, 2, 2),
            Tensor.of(new float[] {1, 0, 5, 4.5f}, 2, 2));
    assertThat(e.value()).isCloseTo(4.5 / 4, within(1e-12));
    assertThat(e.gradient().toArray()).containsExactly(0, -0.25f, 0.25f, 0.25f);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> new BeganBalance(1.5, 0.5, 0.001, Clipping.UNIT))
        .hasMessage("BeganBalance: k must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> BeganBalance.start(Double.NaN))
        .hasMessage("BeganBalance: gamma must be a finite number of 0 or more, was NaN");
    assertThatThrownBy(() -> ReconstructionError.evaluate(Tensor.zeros(2), Tensor.zeros(3)))
        .hasMessage("ReconstructionError: output has shape [3], input has shape [2]");
  }
}
