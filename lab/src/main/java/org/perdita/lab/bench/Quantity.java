package org.perdita.lab.bench;

import org.perdita.lab.bench.Figure.Bound;

/** What a goal about a workload speaks of. Perdita's time is the slower of heap and direct. */
enum Quantity {
  NANOS("ns/element", Bound.AT_MOST),
  MICROS("µs a call", Bound.AT_MOST),
  COMPOSED("times faster than composed, malloc as it comes", Bound.AT_LEAST),
  COMPOSED_TUNED("times faster than composed, malloc tuned", Bound.AT_LEAST),
  FUSED("of the time of libtorch's own, malloc as it comes", Bound.AT_MOST),
  FUSED_TUNED("of the time of libtorch's own, malloc tuned", Bound.AT_MOST);

  private final String title;
  private final Bound bound;

  Quantity(String title, Bound bound) {
    this.title = title;
    this.bound = bound;
  }

  /** As a table names it. */
  String title() {
    return title;
  }

  /** The figure of a workload, measured in the two processes, beside its goal. */
  Figure of(Timed plain, Timed tuned, double goal) {
    return new Figure(plain.workload(), title, figure(plain, tuned), bound, goal, "");
  }

  private double figure(Timed plain, Timed tuned) {
    return switch (this) {
      case NANOS -> plain.perdita() / plain.elements();
      case MICROS -> plain.perdita() / 1e3;
      case COMPOSED -> plain.timesPerdita(Entrant.COMPOSED);
      case COMPOSED_TUNED -> tuned.timesPerdita(Entrant.COMPOSED);
      case FUSED -> 1 / plain.timesPerdita(Entrant.FUSED);
      case FUSED_TUNED -> 1 / tuned.timesPerdita(Entrant.FUSED);
    };
  }
}
