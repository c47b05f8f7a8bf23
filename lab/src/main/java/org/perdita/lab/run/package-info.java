/**
 * Has trainings run and keeps their result lines. Knows no particular experiment, no engine and no
 * report.
 */
@NullMarked
package org.perdita.lab.run;

import org.jspecify.annotations.NullMarked;
