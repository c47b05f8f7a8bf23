package org.perdita.lab.bench;

import java.util.Map;

/**
 * What the entrants of one workload took, in one process.
 *
 * @param workload its name
 * @param elements how many logits
 * @param times the median time of one evaluation
 */
public record Timed(String workload, long elements, Map<Entrant, Timing> times) {

  /** Nanoseconds of processor time for each logit. */
  double nanosPerElement(Entrant who) {
    return cpu(who) / elements;
  }

  /** Perdita's processor time in nanoseconds, the slower of heap and direct memory. */
  double perdita() {
    return Math.max(cpu(Entrant.HEAP), cpu(Entrant.DIRECT));
  }

  /** How many times Perdita's time {@code who} takes. */
  double timesPerdita(Entrant who) {
    return cpu(who) / perdita();
  }

  /** Processor time of one evaluation in nanoseconds; NaN for who did not take part. */
  double cpu(Entrant who) {
    Timing timing = times.get(who);
    return timing == null ? Double.NaN : timing.cpuNanos();
  }
}
