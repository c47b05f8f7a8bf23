/** Gradient boosting with the library's losses. */
@NullMarked
package org.perdita.xgboost;

import org.jspecify.annotations.NullMarked;
