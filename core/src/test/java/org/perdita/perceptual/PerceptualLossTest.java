package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.perceptual.FeatureLossTest.drawn;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;

class PerceptualLossTest {

  @Test
  void addsTermsAndTheirGradientsLayerByLayer() {
    PerceptualLoss loss =
        PerceptualLoss.of("a", 2, FeatureLoss.squaredError())
            .plus("b", 3, StyleLoss.johnson())
            .plus("a", 5, StyleLoss.johnson());
    Tensor a = drawn(1, 1, 2, 3, 3);
    Tensor b = drawn(2, 1, 4, 2, 2);
    Tensor ta = drawn(3, 1, 2, 3, 3);
    Tensor tb = drawn(4, 1, 4, 2, 2);
    PerceptualLoss.Result r = loss.evaluate(Map.of("a", a, "b", b), List.of(ta, tb, ta));
    Evaluation one = FeatureLoss.squaredError().evaluate(Batch.of(a, ta), Reduction.mean());
    Evaluation two = StyleLoss.johnson().evaluate(Batch.of(b, tb), Reduction.mean());
    Evaluation three = StyleLoss.johnson().evaluate(Batch.of(a, ta), Reduction.mean());
    assertThat(loss.layers()).containsExactly("a", "b");
    assertThat(r.parts()).containsExactly(2 * one.value(), 3 * two.value(), 5 * three.value());
    assertThat(r.value())
        .isCloseTo(2 * one.value() + 3 * two.value() + 5 * three.value(), within(1e-12));
    assertThat(at(r, "a"))
        .isCloseTo(2 * one.gradient().get(7) + 5 * three.gradient().get(7), within(1e-6f));
    assertThat(at(r, "b")).isCloseTo(3 * two.gradient().get(7), within(1e-6f));
  }

  private static float at(PerceptualLoss.Result result, String layer) {
    return Objects.requireNonNull(result.gradients().get(layer)).get(7);
  }

  @Test
  void refusesLayersWithoutFeaturesAndTermsWithoutTargets() {
    PerceptualLoss loss = PerceptualLoss.of("relu2_2", 1, FeatureLoss.squaredError());
    Tensor x = Tensor.zeros(1, 1, 1, 1);
    assertThatThrownBy(() -> loss.evaluate(Map.of("relu1_1", x, "relu1_2", x), List.of(x)))
        .hasMessage(
            "PerceptualLoss: features must be given at relu2_2, were given at relu1_1, relu1_2");
    assertThatThrownBy(() -> loss.evaluate(Map.of("relu2_2", x), List.of()))
        .hasMessage("PerceptualLoss: targets must be one for each of the 1 terms, was 0");
    assertThatThrownBy(() -> loss.plus("a", -1, FeatureLoss.frobenius()))
        .hasMessage("PerceptualLoss: weight at a must be a finite number of 0 or more, was -1.0");
  }
}
