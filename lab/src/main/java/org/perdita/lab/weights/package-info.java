/**
 * Files of weights: the safetensors format, and networks loaded from it and saved to it by name.
 */
@NullMarked
package org.perdita.lab.weights;

import org.jspecify.annotations.NullMarked;
