/** Feature networks on the engine, what is minimised at their layers, and distances they see. */
@NullMarked
package org.perdita.lab.features;

import org.jspecify.annotations.NullMarked;
