package org.perdita.matting;

/** What a 3 × 3 operator sees beyond the edge of an image. */
public enum Border {
  /** Nothing: there is no gradient at the outermost pixels. */
  VALID,
  /** The outermost pixel again. */
  REPLICATE,
  /** The image mirrored at its outermost pixel. */
  REFLECT,
  /** Zeros. */
  ZERO
}
