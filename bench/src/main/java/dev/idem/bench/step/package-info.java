/**
 * Benchmarks of whole steps at the published sizes: the Monte-Carlo target, a training step, a step of the reverse process.
 */
@NullMarked
package dev.idem.bench.step;

import org.jspecify.annotations.NullMarked;
