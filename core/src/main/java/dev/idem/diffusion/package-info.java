/**
 * The diffusion as builders of ops: from a network to a score, from an energy to a target for it, and from a score to
 * samples. May use {@code program}, {@code energy}, {@code schedule} and {@code nn}.
 */
@NullMarked
package dev.idem.diffusion;

import org.jspecify.annotations.NullMarked;
