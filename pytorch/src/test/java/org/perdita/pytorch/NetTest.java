package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class NetTest {

  /** Pooling, convolution and dropout, to be seen from outside. */
  private static final class Probe extends Net {
    private final Layer convolution = convolution(2, 3, 5, 2, 2);

    Probe(long seed) {
      super(seed);
    }

    @Override
    public Tensor forward(Tensor x) {
      return dropout(x, 0.25);
    }
  }

  private static float[] copy(Tensor tensor) {
    return EngineTensors.view(tensor).toArray();
  }

  @Test
  void drawsParametersFromItsSeedByTheEnginesRule() {
    Probe net = new Probe(7);
    Probe same = new Probe(7);
    Probe other = new Probe(8);
    try (net;
        same;
        other) {
      double bound = 1 / Math.sqrt(2 * 5 * 5);
      assertThat(net.size()).isEqualTo(3 * 2 * 5 * 5 + 3);
      double squares = 0;
      for (float w : net.toArray()) {
        assertThat((double) w).isBetween(-bound, bound);
        squares += w * w;
      }
      // A uniform number's mean square is bound²/3; over 153 numbers it is within a third of that.
      assertThat(squares / net.size()).isCloseTo(bound * bound / 3, within(bound * bound / 9));
      assertThat(net.toArray()).isEqualTo(same.toArray());
      assertThat(net.toArray()).isNotEqualTo(other.toArray());
    }
  }

  /** Layers with and without names of their own. */
  private static final class Named extends Net {
    Named() {
      super(1);
      convolution(1, 2, 3, 1, 1);
      named(
          "block",
          () -> {
            plainConvolution(2, 2, 3, 1, 1);
            return batchNorm(2);
          });
      named("a", () -> named("b", () -> linear(2, 1)));
      linear(1, 1);
    }

    @Override
    public Tensor forward(Tensor x) {
      return x;
    }
  }

  @Test
  void namesItsParametersAndBuffers() {
    Named net = new Named();
    try (net) {
      assertThat(net.state().keySet())
          .containsExactly(
              "1.weight",
              "1.bias",
              "block.weight",
              "block.2.weight",
              "block.2.bias",
              "block.2.running_mean",
              "block.2.running_var",
              "a.b.weight",
              "a.b.bias",
              "2.weight",
              "2.bias");
      assertThat(net.parameters()).hasSize(9);
    }
  }

  @Test
  void poolsOverSquareWindows() {
    Engine.scoped(
        () -> {
          Tensor x = torch.arange(new org.bytedeco.pytorch.Scalar(81f)).reshape(1, 1, 9, 9);
          assertThat(Net.maxPool(x, 3, 1).shape()).containsExactly(1, 1, 7, 7);
          assertThat(copy(Net.maxPool(x, 9, 9))).containsExactly(80);
          assertThat(copy(Net.averagePool(x, 9, 9))).containsExactly(40);
          assertThat(Net.flatten(x).shape()).containsExactly(1, 81);
        });
  }

  @Test
  void convolvesWithStrideAndPadding() {
    Probe net = new Probe(1);
    try (net) {
      Engine.scoped(
          () ->
              assertThat(net.convolution.forward(torch.ones(4, 2, 9, 9)).shape())
                  .containsExactly(4, 3, 5, 5));
    }
  }

  @Test
  void dropsOnlyWhileTrainingAndKeepsTheMean() {
    Probe net = new Probe(1);
    try (net) {
      Engine.scoped(
          () -> {
            Tensor x = torch.ones(100, 100);
            float[] dropped = copy(net.forward(x));
            int zeros = 0;
            for (float v : dropped) {
              assertThat(v == 0 || Math.abs(v - 4f / 3) < 1e-6).isTrue();
              zeros += v == 0 ? 1 : 0;
            }
            assertThat(zeros).isBetween(2500 - 220, 2500 + 220);
            assertThat(copy(net.predict(x))).containsOnly(1);
          });
    }
  }

  @Test
  void normalisesBatchesInTrainingAndByTheRunningMeansAfterwards() {
    Mlp net = new Mlp(3);
    try (net) {
      Engine.scoped(
          () -> {
            Tensor x = EngineTensors.of(TrainingTest.inputs(64), 64, 8);
            float[] untrained = copy(net.predict(x));
            assertThat(net.forward(x).requires_grad()).isTrue();
            float[] seen = copy(net.predict(x));
            assertThat(seen).isNotEqualTo(untrained);
            assertThat(copy(net.predict(x))).containsExactly(seen);
            assertThat(net.predict(x).requires_grad()).isFalse();
            assertThat(net.predict(x, 10).toArray()).containsExactly(seen, within(1e-6f));
            assertThat(net.predict(x, 10).shape()).containsExactly(64, 3);
          });
    }
  }

  @Test
  void transposedConvolutionUndoesTheShape() {
    Net net =
        new Net(1) {
          private final Layer down = convolution(1, 2, 4, 2, 1);
          private final Layer up = transposedConvolution(2, 1, 4, 2, 1);

          @Override
          public Tensor forward(Tensor x) {
            return up.forward(down.forward(x));
          }
        };
    try (net) {
      Engine.scoped(
          () ->
              assertThat(net.forward(torch.ones(3, 1, 28, 28)).shape())
                  .containsExactly(3, 1, 28, 28));
    }
  }

  @Test
  void aFrozenPassReachesTheInputAndNoParameter() {
    Mlp net = new Mlp(3);
    try (net) {
      Engine.scoped(
          () -> {
            Tensor x = EngineTensors.of(TrainingTest.inputs(4), 4, 8).requires_grad_(true);
            net.forwardFrozen(x).sum().backward();
            assertThat(copy(x.grad())).doesNotContain(0f);
            assertThat(net.parameters()).allMatch(p -> !p.grad().defined());
            net.forward(x).sum().backward();
            assertThat(net.parameters()).allMatch(p -> p.grad().defined());
          });
    }
  }

  @Test
  void aDetachedPassIsTheTrainingOneWithoutAGraph() {
    Probe net = new Probe(1);
    try (net) {
      Engine.scoped(
          () -> {
            Tensor dropped = net.forwardDetached(torch.ones(100, 100));
            assertThat(dropped.requires_grad()).isFalse();
            assertThat(copy(dropped)).contains(0f);
          });
    }
  }

  @Test
  void clipsEveryParameter() {
    Mlp net = new Mlp(3);
    try (net) {
      float[] before = net.toArray();
      net.clip(0.1);
      float[] after = net.toArray();
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i]).isEqualTo(Math.max(-0.1f, Math.min(before[i], 0.1f)));
      }
      assertThatThrownBy(() -> net.clip(Double.NaN))
          .hasMessage("Net: bound must be a finite number above 0, was NaN");
    }
  }

  @Test
  void isRefusedAfterItIsClosed() {
    Mlp net = new Mlp(3);
    net.close();
    assertThatThrownBy(() -> net.predict(torch.ones(1, 8)))
        .isInstanceOf(EngineException.class)
        .hasMessage("Engine: Pointer address of argument 1 is NULL.");
  }
}
