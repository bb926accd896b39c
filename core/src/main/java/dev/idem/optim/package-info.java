/**
 * The optimiser as a builder of ops. May use {@code program} and {@code schedule}.
 */
@NullMarked
package dev.idem.optim;

import org.jspecify.annotations.NullMarked;
