/**
 * How close generated samples are to real ones: the Fréchet distance, the kernel distance, and
 * precision and recall, on features or on a manifold that is known. In double; knows no engine.
 */
@NullMarked
package org.perdita.lab.metrics;

import org.jspecify.annotations.NullMarked;
