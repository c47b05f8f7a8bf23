/**
 * The data: readers that trust nothing, generators whose bits are the same on every machine for a
 * seed, and label noise. Readers refuse with {@link org.perdita.lab.data.BadData}, one sentence
 * each.
 */
@NullMarked
package org.perdita.lab.data;

import org.jspecify.annotations.NullMarked;
