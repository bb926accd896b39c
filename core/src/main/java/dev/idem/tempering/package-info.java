/**
 * Reference samples by parallel tempering: Hamiltonian moves at several temperatures, exchanges between neighbours, in
 * double precision on the host, with the diagnostics that say whether to believe them.
 *
 * <p>May use {@code energy}, {@code eval}, {@code io}, {@code random} and {@code task}. Start reading at
 * {@link dev.idem.tempering.ParallelTempering}.
 */
@NullMarked
package dev.idem.tempering;

import org.jspecify.annotations.NullMarked;
