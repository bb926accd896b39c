/**
 * What runs on the device: static methods over TornadoVM's arrays, which are plain Java as well.
 *
 * <p>Arguments that are numbers are compiled into a kernel, so they are shapes and constants; whatever changes between runs lies in an
 * array. All kernels here have the loop form: the loops marked {@code @Parallel} become the work items, and no grid may be given.
 *
 * <p>Forbidden, because the device compiler gets it wrong or refuses it: {@code >>>}, {@code Math.fma}, {@code @Reduce}, {@code throw},
 * static fields that are not constants, a kernel with the name of an OpenCL function ({@code step}) or a parameter with that of a type ({@code half}), one array as two arguments of which one is written. Angles stay within [−π, π] and tanh is
 * written with exp, for the device's own functions are inaccurate elsewhere. Sums have a fixed order.
 */
@NullMarked
package dev.idem.tornado.kernel;

import org.jspecify.annotations.NullMarked;
