/**
 * How a batch is walked: tiles, chunks, threads, refusals, and the arithmetic of a tile. Not
 * exported; the losses are written in terms of it.
 */
@NullMarked
package org.perdita.internal;

import org.jspecify.annotations.NullMarked;
