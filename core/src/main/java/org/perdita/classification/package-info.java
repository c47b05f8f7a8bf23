/** Losses for classification: from logits to class indices, distributions or dense targets. */
@NullMarked
package org.perdita.classification;

import org.jspecify.annotations.NullMarked;
