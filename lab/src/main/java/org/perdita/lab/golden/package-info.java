/**
 * Holds Perdita against golden files: cases of input, parameters, expected value and gradient, made
 * by any library in any language. The format is described in {@code docs/golden-format.md}.
 */
@NullMarked
package org.perdita.lab.golden;

import org.jspecify.annotations.NullMarked;
