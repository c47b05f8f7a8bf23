package org.perdita;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.perdita.internal.Shapes;

/**
 * Class indices with a shape, row-major: {@code [n]} for predictions {@code [n, c]}, {@code [n, d1,
 * d2, …]} for predictions {@code [n, c, d1, d2, …]}. Views the caller's memory.
 *
 * <p>A label is from 0 to c − 1. Where the unit's weight is 0 any number may stand; it is not read.
 */
public final class Labels implements Target {
  private final int[] shape;
  private final IntBuffer data;

  private Labels(int[] shape, IntBuffer data) {
    this.shape = shape;
    this.data = data;
  }

  /**
   * A view of {@code data}.
   *
   * @param data row-major class indices, shared with the labels
   * @param shape the lengths of the axes; none means one axis as long as the data
   * @throws IllegalArgumentException if a length is negative or their product is not {@code
   *     data.length}
   */
  public static Labels of(int[] data, int... shape) {
    return of(IntBuffer.wrap(data), shape);
  }

  /**
   * A view of what {@code data} holds between its position and its limit.
   *
   * @see #of(int[], int...)
   */
  public static Labels of(IntBuffer data, int... shape) {
    int[] given = shape.length == 0 ? new int[] {data.remaining()} : shape;
    int[] own = Shapes.checked("Labels", data.remaining(), given);
    return new Labels(own, data.slice());
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** How many labels there are. */
  public int size() {
    return data.limit();
  }

  /** The label at row-major position {@code index}. */
  public int get(int index) {
    return data.get(index);
  }

  /** The same memory as a buffer whose position is 0 and whose limit is {@link #size()}. */
  public IntBuffer buffer() {
    return data.duplicate();
  }

  /** The shape, as in {@code Labels[32]}. */
  @Override
  public String toString() {
    return "Labels" + Arrays.toString(shape);
  }
}
