package org.perdita.cluster;

import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Plan;

/** The plan last made in this JVM, since making one may read or draw a lot of data. */
final class Plans {
  private static @Nullable Order order;
  private static @Nullable Plan plan;

  private Plans() {}

  /** The plan of {@code wanted}; others wait while it is made. */
  static synchronized Plan of(Order wanted, Shelf shelf) {
    Plan known = plan;
    if (known == null || !wanted.equals(order)) {
      plan = null; // room for the new one
      known = wanted.plan(shelf.get());
      order = wanted;
      plan = known;
    }
    return known;
  }
}
