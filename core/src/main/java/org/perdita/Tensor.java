package org.perdita;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.perdita.internal.Shapes;

/**
 * Floats with a shape, row-major, over memory that somebody owns: a heap array, a direct buffer, an
 * engine's tensor. It views that memory and never copies it; it does no arithmetic.
 *
 * <p>A tensor holds at most 2<sup>31</sup> − 1 floats.
 */
public final class Tensor implements Target {
  private final int[] shape;
  private final FloatBuffer data;

  private Tensor(int[] shape, FloatBuffer data) {
    this.shape = shape;
    this.data = data;
  }

  /**
   * A view of {@code data}.
   *
   * @param data row-major values, shared with the tensor
   * @param shape the lengths of the axes, outermost first; their product is {@code data.length}
   * @throws IllegalArgumentException if a length is negative or the product differs
   */
  public static Tensor of(float[] data, int... shape) {
    return of(FloatBuffer.wrap(data), shape);
  }

  /**
   * A view of what {@code data} holds between its position and its limit. The buffer's own position
   * is neither used afterwards nor changed.
   *
   * @param data row-major values, heap or direct, shared with the tensor; read-only is enough for
   *     predictions, targets and weights
   * @param shape the lengths of the axes, outermost first; their product is {@code
   *     data.remaining()}
   * @throws IllegalArgumentException if a length is negative or the product differs
   */
  public static Tensor of(FloatBuffer data, int... shape) {
    int[] own = Shapes.checked("Tensor", data.remaining(), shape);
    return new Tensor(own, data.slice());
  }

  /** A new tensor of zeros on the heap. */
  public static Tensor zeros(int... shape) {
    return of(new float[Shapes.size("Tensor", shape)], shape);
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** The number of axes. */
  public int rank() {
    return shape.length;
  }

  /** The length of axis {@code axis}, counted from 0. */
  public int length(int axis) {
    return shape[axis];
  }

  /** How many floats there are: the product of the shape. */
  public int size() {
    return data.limit();
  }

  /** The float at row-major position {@code index}. */
  public float get(int index) {
    return data.get(index);
  }

  /** The same memory as a buffer whose position is 0 and whose limit is {@link #size()}. */
  public FloatBuffer buffer() {
    return data.duplicate();
  }

  /** A copy of the floats, row-major. */
  public float[] toArray() {
    float[] copy = new float[size()];
    data.get(0, copy);
    return copy;
  }

  /** The shape, as in {@code Tensor[32, 80]}. */
  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
