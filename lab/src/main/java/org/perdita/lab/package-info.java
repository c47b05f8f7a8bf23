/** The lab: what is on its shelf. */
@NullMarked
package org.perdita.lab;

import org.jspecify.annotations.NullMarked;
