package org.perdita.lab.data;

import java.util.BitSet;

/** Labels after noise, and which of them the noise has changed. Immutable. */
public final class NoisyLabels {
  private final int[] labels;
  private final BitSet changed = new BitSet();

  /** Labels to be {@link #change changed}; a copy. */
  NoisyLabels(int[] clean) {
    labels = clean.clone();
  }

  /** Gives position {@code i} another label. */
  void change(int i, int label) {
    labels[i] = label;
    changed.set(i);
  }

  /** The labels, noise included; a copy. */
  public int[] labels() {
    return labels.clone();
  }

  /** Whether label {@code i} differs from the clean one. */
  public boolean changed(int i) {
    return changed.get(i);
  }

  /** How many labels differ from the clean ones. */
  public int changedCount() {
    return changed.cardinality();
  }
}
