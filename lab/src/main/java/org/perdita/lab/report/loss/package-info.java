/** A page for each loss of the library: what it is, how it behaves, what goes wrong with it. */
@NullMarked
package org.perdita.lab.report.loss;

import org.jspecify.annotations.NullMarked;
