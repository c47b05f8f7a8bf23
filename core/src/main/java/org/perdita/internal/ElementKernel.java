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
   * @param k the element's class, along axis 1; without meaning unless the kernel has {@link
   *     #classes()}
   */
  default double curvature(double x, double y, int k) {
    throw new IllegalStateException("this loss has no curvature");
  }

  /** Whether targets are shares in [0, 1], or labels; otherwise any finite number is one. */
  default boolean targetsAreShares() {
    return true;
  }

  /**
   * For how many classes the kernel has numbers of their own; predictions then have as many along
   * axis 1 and {@code tile.k} is filled. 0 when all classes are treated alike.
   */
  default int classes() {
    return 0;
  }
}
