/**
 * The SIMD loops of the CPU backend, over plain arrays; the only package that imports the Vector API.
 *
 * <p>Its results do not depend on the vector width, on the JIT compiler's state or on the number of threads: sums
 * across lanes use 16 logical lanes merged in a fixed order, transcendental functions are own polynomials
 * ({@link dev.idem.cpu.kernel.VectorMath}) with scalar twins of equal bits, and neither {@code reduceLanes} nor the
 * transcendental {@code lanewise} operators are used. Start reading at {@link dev.idem.cpu.kernel.Lanes}; the package
 * may use {@code random}, {@code energy} and {@code schedule}.
 */
@NullMarked
package dev.idem.cpu.kernel;

import org.jspecify.annotations.NullMarked;
