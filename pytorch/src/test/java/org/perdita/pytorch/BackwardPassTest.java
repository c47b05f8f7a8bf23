package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;

final class BackwardPassTest {
  private static final float[] X = {0.5f, -1, 2, 0.25f, 1, -2};
  private static final int[] LABELS = {2, 0};

  @Test
  void sendsTheGradientsOfTwoHeadsThroughOneGraph() {
    Engine.scoped(
        () -> {
          Tensor ours = EngineTensors.of(X, 2, 3).requires_grad_(true);
          Tensor shared = ours.mul(ours);
          org.perdita.Tensor halves = org.perdita.Tensor.of(new float[] {0, 1, 1, 0, 0, 1}, 2, 3);
          BackwardPass pass = new BackwardPass();
          double value =
              pass.add(
                      new EngineLoss(new CrossEntropyLoss(), Reduction.mean()),
                      shared.sin(),
                      Labels.of(LABELS),
                      null)
                  + pass.add(
                      new EngineLoss(new BinaryCrossEntropyLoss(), Reduction.mean()),
                      shared.cos(),
                      halves,
                      null);
          pass.run();

          Tensor theirs = EngineTensors.of(X, 2, 3).requires_grad_(true);
          Tensor both = theirs.mul(theirs);
          Tensor composed =
              torch
                  .cross_entropy_loss(both.sin(), EngineTensors.of(LABELS, 2))
                  .add(
                      torch.binary_cross_entropy_with_logits(both.cos(), EngineTensors.of(halves)));
          composed.backward();
          assertThat(value).isCloseTo(composed.item_double(), within(1e-6));
          assertThat(EngineTensors.view(ours.grad()).toArray())
              .containsExactly(EngineTensors.view(theirs.grad()).toArray(), within(1e-6f));
        });
  }

  @Test
  void takesAGradientComputedElsewhere() {
    Engine.scoped(
        () -> {
          Tensor x = EngineTensors.of(X, 2, 3).requires_grad_(true);
          BackwardPass pass = new BackwardPass();
          pass.add(x.mul(x), org.perdita.Tensor.of(new float[] {1, 0, 0, 2, 0, 0}, 2, 3));
          pass.run();
          assertThat(EngineTensors.view(x.grad()).toArray())
              .containsExactly(new float[] {1, 0, 0, 1, 0, 0}, within(0f));
        });
  }

  @Test
  void refusesAGradientOfAnotherShape() {
    Engine.scoped(
        () -> {
          Tensor x = EngineTensors.of(X, 2, 3).requires_grad_(true);
          assertThatThrownBy(() -> new BackwardPass().add(x, org.perdita.Tensor.zeros(3, 2)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("BackwardPass: gradient has shape [3, 2], output has shape [2, 3]");
        });
  }
}
