/** Losses of two players: a critic that scores samples and a generator that makes them. */
@NullMarked
package org.perdita.adversarial;

import org.jspecify.annotations.NullMarked;
