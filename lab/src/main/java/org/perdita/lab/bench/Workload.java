package org.perdita.lab.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.perdita.Loss;
import org.perdita.Reduction;

/**
 * A loss at a size: what every entrant computes value and gradient of.
 *
 * @param name unique, as in the table
 * @param loss Perdita's
 * @param reduction the same for every entrant
 * @param units how many units
 * @param classes logits a unit; 1 for element-wise losses, whose targets are then dense
 * @param composition the same loss from libtorch's operators
 * @param fused the same loss as one operator of libtorch's, if there is one
 * @param goals what is hoped for
 */
record Workload(
    String name,
    Loss loss,
    Reduction reduction,
    int units,
    int classes,
    Composition composition,
    @Nullable Composition fused,
    List<Goal> goals) {

  /** A limit for one of the quantities of a workload. */
  record Goal(Quantity quantity, double limit) {}

  long elements() {
    return (long) units * classes;
  }

  /** Logits {@code [units]} with dense targets, or {@code [units, classes]} with labels. */
  boolean dense() {
    return classes == 1;
  }
}
