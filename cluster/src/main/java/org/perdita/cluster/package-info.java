/** The lab's trainings as tasks of Apache Spark. */
@NullMarked
package org.perdita.cluster;

import org.jspecify.annotations.NullMarked;
