/**
 * Compiles programs for the host's CPU. A maximal run of ops over the same samples is a segment; each worker executes a whole
 * segment on its own chunks of samples, tile by tile, and in a tile pass by pass, where a pass is over samples, particles or pairs.
 * Activations stay in a small arena of its own; sums over rows go to one partial per chunk and are merged in chunk order. Chunks and
 * tiles are fixed by shape, so results do not depend on the number of threads.
 *
 * <p>May use {@code backend}, {@code program} and {@code cpu.kernel}. Start reading at {@link dev.idem.cpu.CpuBackend},
 * then {@code StagePlanner}, {@code Tiling} and {@code Lowering}.
 */
@NullMarked
package dev.idem.cpu;

import org.jspecify.annotations.NullMarked;
