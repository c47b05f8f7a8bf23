/**
 * Losses that compare pictures by what a network sees in them, by their textures, or by their local
 * structure; and the images and network inputs these are about.
 */
@NullMarked
package org.perdita.perceptual;

import org.jspecify.annotations.NullMarked;
