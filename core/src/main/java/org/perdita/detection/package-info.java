/** Losses for object detection: on scores of anchors, on box offsets and on boxes. */
@NullMarked
package org.perdita.detection;

import org.jspecify.annotations.NullMarked;
