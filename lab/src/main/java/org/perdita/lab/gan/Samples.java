package org.perdita.lab.gan;

import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.Draw;
import org.perdita.pytorch.EngineTensors;

/** Where samples come from: real ones, or the noise that a generator starts from. */
@FunctionalInterface
public interface Samples {

  /**
   * {@code n} samples along axis 0; they belong to the open scope.
   *
   * @param draw decides which
   */
  Tensor draw(int n, Draw draw);

  /** Rows of {@code data}, drawn with replacement. */
  static Samples rowsOf(Tensor data) {
    int rows = Math.toIntExact(data.size(0));
    return (n, draw) -> {
      int[] indices = new int[n];
      for (int i = 0; i < n; i++) {
        indices[i] = draw.below(rows);
      }
      return EngineTensors.rows(data, indices);
    };
  }

  /** Vectors of {@code size} numbers, uniform in [−1, 1]: the study's noise. */
  static Samples uniform(int size) {
    return vectors(size, draw -> draw.uniform(-1, 1));
  }

  /** Vectors of {@code size} normal numbers. */
  static Samples normal(int size) {
    return vectors(size, Draw::normal);
  }

  private static Samples vectors(int size, ToDoubleFunction<Draw> number) {
    return (n, draw) -> {
      float[] numbers = new float[n * size];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) number.applyAsDouble(draw);
      }
      return EngineTensors.of(numbers, n, size);
    };
  }
}
