package org.perdita.internal;

/**
 * The formula of a loss over the classes of a unit. Targets are {@code block.y} where it is not
 * null, {@code block.label} otherwise. Stateless, shared between threads.
 */
public interface RowKernel {

  /** Columns: writes {@code v[j]} and {@code g[k][j]} for units j = 0 … block.units − 1. */
  void columns(Block block);

  /** Row: writes {@code v[0]} and {@code g[t][j]}. */
  void row(Block block);
}
