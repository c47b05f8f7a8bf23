/**
 * What results are measured by. How close generated samples are to real ones: the Fréchet distance,
 * the kernel distance, and precision and recall, on features or on a manifold that is known. What
 * probabilities of a yes are worth: average precision, log loss, calibration. In double; knows no
 * engine.
 */
@NullMarked
package org.perdita.lab.metrics;

import org.jspecify.annotations.NullMarked;
