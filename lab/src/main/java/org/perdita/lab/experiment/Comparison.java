package org.perdita.lab.experiment;

/**
 * One thing to be decided: that the treatment beats the baseline on a metric under a condition.
 *
 * @param sentence what would be true, in one sentence
 * @param metric by which; the protocol's {@link Measure} of that name says which way is up
 * @param condition the condition's label
 * @param baseline the group of arms it should beat
 * @param treatment the group of arms that should win
 */
public record Comparison(
    String sentence, String metric, String condition, String baseline, String treatment) {}
