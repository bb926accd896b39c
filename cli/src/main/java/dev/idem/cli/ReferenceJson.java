package dev.idem.cli;

import dev.idem.tempering.TemperingReport;

/**
 * Where a file of reference samples comes from.
 *
 * @param task its name
 * @param energy the energy with its constants
 * @param version of idem
 * @param dimension coordinates of a sample
 * @param method what drew them
 * @param rHat greatest rank-normalised split R-hat of any observable
 * @param effectiveSize least effective number of samples of any observable
 * @param seconds wall time
 * @param report settings, seed, ladder with its rates, energy calls and observables
 */
record ReferenceJson(String task, String energy, String version, int dimension, String method, double rHat,
        double effectiveSize, double seconds, TemperingReport report) {}
