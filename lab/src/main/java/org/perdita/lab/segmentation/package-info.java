/** Segmentation of small lesions: data, objectives, training, pictures, and masks of new images. */
@NullMarked
package org.perdita.lab.segmentation;

import org.jspecify.annotations.NullMarked;
