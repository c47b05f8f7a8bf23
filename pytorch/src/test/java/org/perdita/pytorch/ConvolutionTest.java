package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine pads channels to its registers' width. Up to 2.10 it multiplied the padding by zero
 * without having cleared it, so memory that last held something else than numbers made gradients
 * that are none.
 */
class ConvolutionTest {
  @ParameterizedTest
  @CsvSource({"1, 12, 3", "1, 12, 4", "3, 24, 3", "20, 8, 3", "24, 24, 5"})
  void whatMemoryHeldBeforeDoesNotMatter(int inputs, int outputs, int kernel) {
    Engine.scoped(
        () -> {
          try (Net net = new Convolution(inputs, outputs, kernel)) {
            Tensor x = filled(0.5f, 16, inputs, 20, 20).requires_grad_(true);
            for (int i = 0; i < 5; i++) {
              leaveNoNumbersBehind();
              Tensor y = net.forward(x);
              assertThat(EngineTensors.view(y).toArray()).doesNotContain(Float.NaN);
              y.sum().backward();
            }
            assertThat(EngineTensors.view(x.grad()).toArray()).doesNotContain(Float.NaN);
          }
        });
  }

  /** Frees blocks of many sizes that held NaN. */
  private static void leaveNoNumbersBehind() {
    Engine.scoped(
        () -> {
          List<Tensor> blocks = new ArrayList<>();
          for (int size = 16; size <= 1 << 20; size += size / 4) {
            for (int i = 0; i < 4; i++) {
              blocks.add(filled(Float.NaN, size));
            }
          }
          assertThat(blocks).isNotEmpty();
        });
  }

  private static Tensor filled(float value, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Arrays.fill(values, value);
    return EngineTensors.of(values, shape);
  }

  private static final class Convolution extends Net {
    private final Layer layer;

    Convolution(int inputs, int outputs, int kernel) {
      super(1);
      layer = convolution(inputs, outputs, kernel, 1, kernel / 2);
    }

    @Override
    public Tensor forward(Tensor x) {
      return torch.relu(layer.forward(x));
    }
  }
}
