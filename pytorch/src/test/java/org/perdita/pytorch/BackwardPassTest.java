package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Scalar;
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
  void neverWritesIntoAGradientThatALeafHasTaken() {
    int rows = 1 << 14;
    Labels labels = Labels.of(new int[rows]);
    EngineLoss sum = new EngineLoss(new CrossEntropyLoss(), Reduction.sum());
    Engine.scoped(
        () -> {
          Tensor leaf = torch.ones(4L * rows).requires_grad_(true);
          Tensor other = torch.eye(rows, 4).requires_grad_(true);
          // The gradient of a reshaped leaf is a view of the memory that backward was given.
          sum.backward(leaf.view(rows, 4), labels);
          float[] first = EngineTensors.view(leaf.grad()).toArray();
          sum.backward(other.mul(new Scalar(100f)), labels);
          assertThat(EngineTensors.view(leaf.grad()).toArray()).isEqualTo(first);
          sum.backward(leaf.view(rows, 4), labels);
          assertThat(EngineTensors.view(leaf.grad()).get(1)).isEqualTo(2 * first[1]);
        });
  }

  @Test
  void usesTheMemoryOfALargeGradientAgain() {
    int rows = 1 << 14;
    Labels labels = Labels.of(new int[rows]);
    EngineLoss sum = new EngineLoss(new CrossEntropyLoss(), Reduction.sum());
    Engine.scoped(
        () -> {
          Tensor x = torch.ones(rows, 4).requires_grad_(true);
          GradientMemory memory = GradientMemory.ofThread();
          sum.backward(x.mul(x), labels);
          Tensor kept = memory.take(4L * rows);
          long address = kept.data_ptr().address();
          memory.giveBack(kept);
          sum.backward(x.mul(x), labels);
          Tensor again = memory.take(4L * rows);
          assertThat(again.data_ptr().address()).isEqualTo(address);
          memory.giveBack(again);
        });
  }

  @Test
  void forgetsAPassThatFailed() {
    Engine.scoped(
        () -> {
          Tensor x = EngineTensors.of(X, 2, 3).requires_grad_(true);
          org.perdita.Tensor ones = org.perdita.Tensor.of(new float[] {1, 1, 1, 1, 1, 1}, 2, 3);
          BackwardPass pass = new BackwardPass();
          pass.add(x.detach(), ones);
          assertThatThrownBy(pass::run).isInstanceOf(EngineException.class);
          pass.add(x.mul(x), ones);
          pass.run();
          assertThat(EngineTensors.view(x.grad()).get(0)).isEqualTo(1);
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

  @Test
  void takesAGradientOfTheEngine() {
    Engine.scoped(
        () -> {
          Tensor x = EngineTensors.of(X, 2, 3).requires_grad_(true);
          Tensor gradient = EngineTensors.of(new float[] {6, 5, 4, 3, 2, 1}, 2, 3);
          BackwardPass pass = new BackwardPass();
          pass.add(x.mul(new Scalar(2)), gradient);
          pass.run();
          assertThat(EngineTensors.view(x.grad()).toArray()).containsExactly(12, 10, 8, 6, 4, 2);
          assertThatThrownBy(() -> new BackwardPass().add(x, EngineTensors.of(X, 3, 2)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("BackwardPass: gradient has shape [3, 2], output has shape [2, 3]");
        });
  }
}
