/** Gradient boosting on tables with few positives: {@code imbalanced-tables}. */
@NullMarked
package org.perdita.lab.tables;

import org.jspecify.annotations.NullMarked;
