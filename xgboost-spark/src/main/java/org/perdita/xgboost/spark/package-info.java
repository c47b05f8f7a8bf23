/** Gradient boosting with the library's losses on Apache Spark. */
@NullMarked
package org.perdita.xgboost.spark;

import org.jspecify.annotations.NullMarked;
