package dev.idem.tempering;

import java.util.List;

/**
 * What parallel tempering did, and whether to believe it.
 *
 * @param samples samples kept
 * @param seed of all random numbers
 * @param settings as asked for
 * @param thinning sweeps from one sample of an ensemble to its next
 * @param sweeps sweeps of each ensemble after the burn-in
 * @param levels the ladder
 * @param roundTrips journeys of a configuration from temperature 1 to the hottest and back, all ensembles, after the
 *            burn-in
 * @param burnInCalls energies with their forces computed up to the end of the burn-in
 * @param energyCalls all of them
 * @param observables numbers of the samples, each with its R-hat and effective size
 */
public record TemperingReport(long samples, long seed, TemperingSettings settings, int thinning, long sweeps,
        List<LevelReport> levels, long roundTrips, long burnInCalls, long energyCalls,
        List<ObservableReport> observables) {

    /** R-hat above which chains have not mixed, as its authors advise. */
    public static final double GREATEST_R_HAT = 1.01;

    /** Copies the lists. */
    public TemperingReport {
        levels = List.copyOf(levels);
        observables = List.copyOf(observables);
    }

    /** Returns the greatest R-hat of any observable; NaN if one is not known. */
    public double rHat() {
        return observables.stream().mapToDouble(ObservableReport::rHat).reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    /** Returns the least effective number of samples of any observable; NaN if one is not known. */
    public double effectiveSize() {
        return observables.stream().mapToDouble(ObservableReport::effectiveSize).reduce(Double.POSITIVE_INFINITY,
                Math::min);
    }

    /** Returns whether the chains agree: R-hat is known and at most {@value #GREATEST_R_HAT}. */
    public boolean mixed() {
        return rHat() <= GREATEST_R_HAT;
    }
}
