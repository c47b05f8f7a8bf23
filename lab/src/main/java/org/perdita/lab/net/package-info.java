/** The networks that the experiments train. */
@NullMarked
package org.perdita.lab.net;

import org.jspecify.annotations.NullMarked;
