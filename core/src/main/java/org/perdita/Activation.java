package org.perdita;

/**
 * What turns the numbers of a network's last layer into probabilities, for losses that are formulas
 * in probabilities. The gradient is always with respect to the last layer's numbers.
 */
public enum Activation {
  /** Softmax over the class axis: the classes exclude each other. */
  SOFTMAX,

  /** The logistic function of each element: classes may overlap, or there is only one. */
  SIGMOID,

  /** None: the numbers are probabilities already, and must lie within 0.001 of [0, 1]. */
  NONE
}
