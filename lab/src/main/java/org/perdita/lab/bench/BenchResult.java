package org.perdita.lab.bench;

import java.util.List;
import java.util.Map;
import org.perdita.lab.run.Machine;

/**
 * What a run of the bench found.
 *
 * @param machine what it ran on
 * @param engine libtorch's binding and its version
 * @param size how much was measured
 * @param before how many processors two busy threads got before the first measurement
 * @param after the same after the last; if either is well below 2, other work disturbed the figures
 * @param timed the workloads, for each process
 * @param figures every figure that has a goal, and what else was measured
 */
public record BenchResult(
    Machine machine,
    String engine,
    Size size,
    double before,
    double after,
    Map<Malloc, List<Timed>> timed,
    List<Figure> figures) {}
