package org.perdita.lab.bench;

/**
 * Median time of one evaluation.
 *
 * @param cpuNanos processor time of the measuring thread
 * @param wallNanos time on the wall
 */
public record Timing(double cpuNanos, double wallNanos) {}
