package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.perceptual.FeatureLossTest.drawn;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.perceptual.PixelLoss.Penalty;

class PixelLossTest {

  private static void holds(PixelLoss loss, DoubleUnaryOperator formula) {
    Tensor x = drawn(1, 3, 400);
    Tensor y = drawn(2, 3, 400);
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += formula.applyAsDouble((double) x.get(i) - y.get(i));
    }
    assertThat(loss.value(Batch.of(x, y), Reduction.mean())).isCloseTo(sum / 1200, within(1e-6));
  }

  @Test
  void areTheirFormulas() {
    holds(PixelLoss.squaredError(), d -> d * d);
    holds(PixelLoss.absoluteError(), Math::abs);
    holds(PixelLoss.charbonnier(1e-3), d -> Math.sqrt(d * d + 1e-6));
    holds(PixelLoss.charbonnier(2), d -> Math.sqrt(d * d + 4));
  }

  @Test
  void aTinyEpsilonIsTheAbsoluteError() {
    Tensor x = drawn(3, 50);
    Batch batch = Batch.of(x, drawn(4, 50));
    assertThat(PixelLoss.charbonnier(1e-12).values(batch).toArray())
        .containsExactly(PixelLoss.absoluteError().values(batch).toArray(), within(1e-6f));
    for (PixelLoss loss : new PixelLoss[] {PixelLoss.charbonnier(1), PixelLoss.absoluteError()}) {
      assertThat(loss.evaluate(Batch.of(x, x), Reduction.sum()).gradient().toArray())
          .containsOnly(0);
    }
  }

  @Test
  void refusesAnEpsilonThatMeansNothing() {
    assertThatThrownBy(() -> PixelLoss.charbonnier(0))
        .hasMessage("PixelLoss: epsilon must be in (0, 1e30), was 0.0");
    assertThatThrownBy(() -> new PixelLoss(Penalty.SQUARED_ERROR, 1))
        .hasMessage("PixelLoss: epsilon must be 0 for SQUARED_ERROR, was 1.0");
    assertThatThrownBy(
            () ->
                PixelLoss.squaredError()
                    .value(
                        Batch.of(Tensor.zeros(2), Tensor.of(new float[] {0, Float.NaN}, 2)),
                        Reduction.sum()))
        .hasMessageEndingWith("target[1] = NaN is not finite");
  }
}
