/** The experiments with perceptual losses, and what their commands do with a person's pictures. */
@NullMarked
package org.perdita.lab.pictures;

import org.jspecify.annotations.NullMarked;
