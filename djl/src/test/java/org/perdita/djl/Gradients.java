package org.perdita.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.function.UnaryOperator;
import org.perdita.Tensor;

/** What the engine's autograd finds. */
final class Gradients {
  private Gradients() {}

  /** A value and d value / d x. */
  record Found(float value, Tensor at) {
    float[] gradient() {
      return at.toArray();
    }
  }

  /** {@code loss} at {@code x}, through {@code x·x + x} so that the prediction is no leaf. */
  static Found of(NDArray x, UnaryOperator<NDArray> loss) {
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.zeroGradients();
      NDArray value = loss.apply(x.mul(x).add(x));
      collector.backward(value);
      float[] gradient = floats(x.getGradient());
      return new Found((float) number(value), Tensor.of(gradient, gradient.length));
    } finally {
      x.setRequiresGradient(false);
    }
  }

  static float[] floats(NDArray array) {
    return array.toType(DataType.FLOAT32, false).toFloatArray();
  }

  static double number(NDArray scalar) {
    return scalar.toType(DataType.FLOAT64, false).getDouble();
  }
}
