/**
 * Judges samples: exact transport distances, mode weights, log densities, histograms and their noise floors, on the
 * host in double precision. The metrics themselves take plain arrays, and every result has the same bits whatever the
 * number of threads. Start reading at {@link dev.idem.eval.Evaluation}, then {@link dev.idem.eval.MixtureEvaluator} and
 * {@link dev.idem.eval.Wasserstein}.
 */
@NullMarked
package dev.idem.eval;

import org.jspecify.annotations.NullMarked;
