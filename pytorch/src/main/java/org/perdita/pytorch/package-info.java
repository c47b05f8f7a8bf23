/**
 * Perdita on libtorch: a loss evaluated on the engine's own memory, its gradient handed to the
 * engine's autograd, and a wrapper thin enough to read that keeps an experiment from meeting the
 * engine's traps.
 *
 * <p>In this package {@code Tensor} alone is the engine's; the library's own is written {@code
 * org.perdita.Tensor}.
 */
@NullMarked
package org.perdita.pytorch;

import org.jspecify.annotations.NullMarked;
