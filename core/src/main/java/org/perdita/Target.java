package org.perdita;

/**
 * What a prediction is held against. The type says how it is read: {@link Labels} are class
 * indices, a {@link Tensor} is a distribution over the classes or a dense target.
 */
public sealed interface Target permits Tensor, Labels {

  /** The lengths of the axes, outermost first; a fresh copy. */
  int[] shape();
}
