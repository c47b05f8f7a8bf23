/**
 * What an experiment is: a claim, trainings that put it to the test, the lines they leave, and the
 * verdict the lines allow. Knows no particular experiment, no engine and no report.
 */
@NullMarked
package org.perdita.lab.experiment;

import org.jspecify.annotations.NullMarked;
