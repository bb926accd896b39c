/**
 * Random numbers as pure functions of (seed, stream of the op, step, row, element): nothing is stored, nothing depends
 * on the number of threads or on the device.
 *
 * <p>{@link dev.idem.random.Philox} makes the words, {@link dev.idem.random.Uniforms} and
 * {@link dev.idem.random.Normals} the numbers, in the precision that the reference backend wants; the kernels of the
 * backends have float twins. The package depends on nothing, and avoids what device compilers get wrong (unsigned
 * shifts of negative values). Start reading at {@link dev.idem.random.Philox}.
 */
@NullMarked
package dev.idem.random;

import org.jspecify.annotations.NullMarked;
