/**
 * Benchmarks of single kernels at the sizes that training uses, one class per family.
 *
 * <p>Scores of products are operations per nanosecond, to be read beside the ceiling that {@link dev.idem.bench.kernel.FmaPeakBenchmark}
 * measures in the same session. What was tried and lost is told in the classes, with numbers and dates.
 */
@NullMarked
package dev.idem.bench.kernel;

import org.jspecify.annotations.NullMarked;
