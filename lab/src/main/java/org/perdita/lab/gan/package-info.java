/**
 * Generative adversarial networks: objectives that cannot be wired up wrongly, and how two networks
 * are trained under them.
 */
@NullMarked
package org.perdita.lab.gan;

import org.jspecify.annotations.NullMarked;
