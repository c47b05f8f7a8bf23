package org.perdita.adversarial;

import org.perdita.Tensor;

/**
 * A value that depends on real and on fake scores, and its gradient in both.
 *
 * @param value what the player minimises
 * @param realGradient d value / d real scores, in their shape
 * @param fakeGradient d value / d fake scores, in theirs
 */
public record PairEvaluation(double value, Tensor realGradient, Tensor fakeGradient) {}
