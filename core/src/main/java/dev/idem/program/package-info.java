/**
 * A step as a value: a {@link dev.idem.program.Program} is a flat list of layer-sized {@link dev.idem.program.Op}s over
 * named {@link dev.idem.program.Buffer}s of fixed shape. Backends compile it, {@code autodiff} differentiates it.
 *
 * <p>May use {@code energy} and {@code schedule}, whose data an op can carry. Start reading at {@code Program}, then one
 * family of ops. Index order everywhere: row-major, slowest first, [row][column]; a row is a sample, a trajectory or,
 * in optimiser ops, one parameter. Operand order everywhere: what is read, what is written, sizes and constants.
 *
 * <p>Everything that changes between two runs (step, random counter, learning rate) lives in a buffer; the scalars of
 * an op are constants of the compiled program.
 */
@NullMarked
package dev.idem.program;

import org.jspecify.annotations.NullMarked;
