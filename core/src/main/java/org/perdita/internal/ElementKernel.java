package org.perdita.internal;

/** The formula of an element-wise loss, over a tile. Stateless, shared between threads. */
public interface ElementKernel {

  /**
   * Writes {@code tile.v} and {@code tile.g} for elements 0 … n − 1 from {@code x} and {@code y}.
   */
  void evaluate(Tile tile, int n);

  /**
   * d² loss / d prediction² of one element, in double.
   *
   * @param k the element's class, along axis 1
   */
  default double curvature(double x, double y, int k) {
    throw new IllegalStateException("this loss has no curvature");
  }

  /** Whether {@code tile.k} is to be filled. */
  default boolean needsClass() {
    return false;
  }
}
