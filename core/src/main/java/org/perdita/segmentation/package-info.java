/**
 * Losses for segmentation: by the overlap of regions, and by the distance to a boundary.
 *
 * <p>Regional losses compare sums over a region, so their units are regions: one class in one
 * sample, {@code [n, classes, 1, …]}. Weights of that shape weigh regions; weights shaped like the
 * positions {@code [n, d1, …]} weigh positions inside the sums, and a position of weight 0 is never
 * read.
 */
@NullMarked
package org.perdita.segmentation;

import org.jspecify.annotations.NullMarked;
