package org.perdita.lab.bench;

/** Who computes value and gradient. */
public enum Entrant {
  /** Perdita's kernel between heap arrays. */
  HEAP,
  /** Perdita's kernel between direct buffers. */
  DIRECT,
  /** The loss from libtorch's elementary operators. */
  COMPOSED,
  /** libtorch's own single operator, where there is one. */
  FUSED
}
