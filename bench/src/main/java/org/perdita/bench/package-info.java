/**
 * The bench's contests under JMH. Build and run with {@code mvn -pl bench -am -DskipTests package}
 * and {@code java -jar bench/target/perdita-bench.jar}; {@code -h} lists JMH's options.
 *
 * <p>One thread each: JMH's own is the only one of a fork-join pool, so a kernel sees no second.
 */
@NullMarked
package org.perdita.bench;

import org.jspecify.annotations.NullMarked;
