/**
 * Reverse-mode differentiation as a transformation of programs: {@link dev.idem.autodiff.Gradients} appends the
 * gradient of a scalar to a program, one rule per op. Runs at build time; at run time there is no tape.
 *
 * <p>May use {@code program} only.
 */
@NullMarked
package dev.idem.autodiff;

import org.jspecify.annotations.NullMarked;
