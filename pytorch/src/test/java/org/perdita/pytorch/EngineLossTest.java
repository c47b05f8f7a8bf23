package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.classification.CrossEntropyLoss;

final class EngineLossTest {
  private static final EngineLoss CROSS_ENTROPY =
      new EngineLoss(new CrossEntropyLoss(), Reduction.mean());
  private static final int[] LABELS = {0, 2, 1, 1};

  private static Tensor logits() {
    return EngineTensors.of(new float[] {1, -2, 0.5f, 3, 0, -1, 0.25f, 2, 2, -4, 1, 0}, 4, 3);
  }

  @ParameterizedTest
  @MethodSource("org.perdita.pytorch.Composed#all")
  void givesTheEnginesOwnValueAndGradient(Composed loss) {
    Engine.scoped(
        () -> {
          Tensor ours = logits().requires_grad_(true);
          // In double, because 1 − p loses its digits in the composed focal loss.
          Tensor theirs = logits().to(ScalarType.Double).requires_grad_(true);
          assertThat(loss.ours(ours.mul(ours), LABELS))
              .isCloseTo(loss.theirs(theirs.mul(theirs), LABELS), within(1e-6));
          assertThat(EngineTensors.view(ours.grad()).toArray())
              .containsExactly(EngineTensors.view(theirs.grad()).toArray(), within(1e-6f));
        });
  }

  @Test
  void givesTheValueAloneAndWeighsUnits() {
    Engine.scoped(
        () -> {
          Tensor x = logits().requires_grad_(true);
          org.perdita.Tensor weights = org.perdita.Tensor.of(new float[] {1, 0, 0, 0}, 4);
          int[] labels = {0, -1, -1, -1};
          double value = CROSS_ENTROPY.value(x, Labels.of(labels), weights);
          assertThat(x.grad().defined()).isFalse();
          assertThat(value)
              .isEqualTo(CROSS_ENTROPY.value(x.narrow(0, 0, 1), Labels.of(new int[] {0})));
          assertThat(CROSS_ENTROPY.backward(x, Labels.of(labels), weights)).isEqualTo(value);
          assertThat(x.grad().narrow(0, 1, 3).abs().sum().item_double()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarType.class,
      names = {"Double", "Half", "BFloat16"})
  void copiesOtherPrecisionsToFloatAndTheGradientBack(ScalarType type) {
    Engine.scoped(
        () -> {
          Tensor ours = logits().to(type).requires_grad_(true);
          Tensor theirs = logits().requires_grad_(true);
          CROSS_ENTROPY.backward(ours, Labels.of(LABELS));
          CROSS_ENTROPY.backward(theirs, Labels.of(LABELS));
          assertThat(ours.grad().scalar_type().intern()).isEqualTo(type);
          assertThat(EngineTensors.view(ours.grad()).toArray())
              .containsExactly(EngineTensors.view(theirs.grad()).toArray(), within(2e-3f));
        });
  }

  @Test
  void readsATransposedPredictionInItsOwnOrder() {
    Engine.scoped(
        () -> {
          Tensor plain = logits().requires_grad_(true);
          Tensor columns = logits().t().contiguous().requires_grad_(true);
          double value = CROSS_ENTROPY.backward(columns.t(), Labels.of(LABELS));
          assertThat(value).isEqualTo(CROSS_ENTROPY.backward(plain, Labels.of(LABELS)));
          assertThat(EngineTensors.view(columns.grad().t()).toArray())
              .isEqualTo(EngineTensors.view(plain.grad()).toArray());
        });
  }

  @Test
  void reportsAMissingGraphInOneLine() {
    Engine.scoped(
        () ->
            assertThatThrownBy(() -> CROSS_ENTROPY.backward(logits(), Labels.of(LABELS)))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                    "Engine: element 0 of tensors does not require grad and does not have a"
                        + " grad_fn"));
  }
}
