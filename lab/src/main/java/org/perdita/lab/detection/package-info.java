/**
 * Dense detection: anchors, their objects, the losses of a step, what is found, and the experiments
 * {@code dense-detection} and {@code iou-balanced}.
 */
@NullMarked
package org.perdita.lab.detection;

import org.jspecify.annotations.NullMarked;
