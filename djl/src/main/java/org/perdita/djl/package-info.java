/** Any loss of the library in a training with the Deep Java Library. */
@NullMarked
package org.perdita.djl;

import org.jspecify.annotations.NullMarked;
