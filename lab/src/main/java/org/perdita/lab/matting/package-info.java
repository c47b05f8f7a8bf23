/** Mattes of fine detail: training on coarse masks, measured on true alpha. */
@NullMarked
package org.perdita.lab.matting;

import org.jspecify.annotations.NullMarked;
