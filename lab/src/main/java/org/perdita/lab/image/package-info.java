/** Pictures: read from files, resized, cut into tiles, measured, written. Knows no engine. */
@NullMarked
package org.perdita.lab.image;

import org.jspecify.annotations.NullMarked;
