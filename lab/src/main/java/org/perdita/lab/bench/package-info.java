/**
 * Speed and accuracy of the kernels, beside the same losses composed from libtorch's operators.
 *
 * <p>Every ratio is of two times taken in one process, on one thread, in alternating rounds. {@link
 * org.perdita.lab.bench.Bench} runs the whole and gives a {@link
 * org.perdita.lab.bench.BenchResult}.
 */
@NullMarked
package org.perdita.lab.bench;

import org.jspecify.annotations.NullMarked;
