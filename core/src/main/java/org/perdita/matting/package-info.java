/**
 * Losses for mattes and fine detail: they compare edges, not pixels.
 *
 * <p>A unit is a plane, one channel of one sample, {@code [n, c, 1, 1]}. Weights of that shape
 * weigh planes; weights {@code [n, h, w]} weigh pixels inside them.
 */
@NullMarked
package org.perdita.matting;

import org.jspecify.annotations.NullMarked;
