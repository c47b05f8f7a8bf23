/**
 * The hall: what every loss shares. A {@link org.perdita.Batch} goes in, an {@link
 * org.perdita.Evaluation} comes out; the rooms beside this package hold the losses by task.
 */
@NullMarked
package org.perdita;

import org.jspecify.annotations.NullMarked;
