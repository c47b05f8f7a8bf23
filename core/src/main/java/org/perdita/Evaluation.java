package org.perdita;

/**
 * A loss's value and its exact gradient.
 *
 * @param value the reduced loss
 * @param gradient d value / d prediction: the prediction's shape and sign; descent subtracts it
 */
public record Evaluation(double value, Tensor gradient) {}
