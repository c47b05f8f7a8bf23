package org.perdita.lab.golden;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.perdita.Labels;
import org.perdita.Tensor;

/** Numbers with a shape, row-major, as a golden file gives them. */
final class GoldenArray {
  private final int[] shape;
  private final double[] data;

  /**
   * @param shape the lengths of the axes; none for a single number
   * @param data as many numbers as the shape holds
   */
  GoldenArray(int[] shape, double[] data) {
    this.shape = shape;
    this.data = data;
  }

  int[] shape() {
    return shape;
  }

  double[] data() {
    return data;
  }

  /** A single number. */
  static GoldenArray scalar(double value) {
    return new GoldenArray(new int[0], new double[] {value});
  }

  /** A tensor's numbers, in {@code shape}. */
  static GoldenArray of(Tensor tensor, int... shape) {
    double[] data = new double[tensor.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = tensor.get(i);
    }
    return new GoldenArray(shape, data);
  }

  /** Each number's image. */
  GoldenArray map(DoubleUnaryOperator function) {
    return new GoldenArray(shape, Arrays.stream(data).map(function).toArray());
  }

  /** The numbers as floats, in {@code shape}, which holds as many. */
  Tensor tensor(int... shape) {
    return Tensor.of(floats(), shape);
  }

  /** The numbers as floats. */
  Tensor tensor() {
    return tensor(shape);
  }

  /** The numbers as class indices, one after the other. */
  Labels labels() {
    return labels(data.length);
  }

  /** The numbers as class indices, in {@code shape}, which holds as many. */
  Labels labels(int... shape) {
    return Labels.of(Arrays.stream(data).mapToInt(x -> (int) x).toArray(), shape);
  }

  /** The length of the last axis; 1 for a single number. */
  int last() {
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  /** How many rows there are: the numbers over the length of the last axis. */
  int rows() {
    return last() == 0 ? 0 : data.length / last();
  }

  /** The shape without its last axis. */
  int[] leading() {
    return Arrays.copyOf(shape, Math.max(0, shape.length - 1));
  }

  /** The coordinates of row-major position {@code index}, as in {@code [17, 3]}. */
  String position(int index) {
    int[] at = new int[shape.length];
    int rest = index;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return shape.length == 0 ? "" : Arrays.toString(at);
  }

  private float[] floats() {
    float[] floats = new float[data.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) data[i];
    }
    return floats;
  }
}
