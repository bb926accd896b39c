package dev.idem.eval;

/**
 * Figures of one set of particle samples against one reference set. +∞ stands where a value of the set is not finite,
 * NaN where the set is empty.
 *
 * @param energyW1 Wasserstein-1 distance of the energies
 * @param energyW2 Wasserstein-2 distance of the energies, rooted
 * @param totalVariation of the pair distances, 200 bins between those of the reference set, with what lies outside
 * @param totalVariationWithin the same of what lies inside alone, as published
 * @param outsideShare share of the pair distances outside the bins
 * @param w2 Wasserstein-2 distance of the mean-free coordinates, rooted
 */
record SetComparison(double energyW1, double energyW2, double totalVariation, double totalVariationWithin,
        double outsideShare, double w2) {

    private static final SetComparison EMPTY = new SetComparison(Double.NaN, Double.NaN, Double.NaN, Double.NaN,
            Double.NaN, Double.NaN);

    /** Compares some rows of a sample with some of a reference, which must be finite. */
    static SetComparison of(ParticleTarget target, ParticleSample sample, int[] rows, ParticleSample reference,
            int[] referenceRows) {
        if (rows.length == 0) {
            return EMPTY;
        }
        double[] energies = sample.energies(rows);
        double[] referenceEnergies = reference.energies(referenceRows);
        boolean finite = allFinite(energies);
        LineHistogram data = LineHistogram.of(reference.pairDistances(referenceRows), LineHistogram.DEFAULT_BINS);
        LineHistogram own = data.emptyCopy().add(sample.pairDistances(rows));
        double[] x = Particles.meanFree(sample.values(rows), target.particles(), target.axes());
        double[] y = Particles.meanFree(reference.values(referenceRows), target.particles(), target.axes());
        return new SetComparison(finite ? Wasserstein.scalarW1(energies, referenceEnergies) : Double.POSITIVE_INFINITY,
                finite ? Wasserstein.scalarW2(energies, referenceEnergies) : Double.POSITIVE_INFINITY,
                own.totalVariation(data), own.totalVariationWithin(data), own.outsideShare(),
                allFinite(x) ? Wasserstein.w2(x, y, target.dimension()) : Double.POSITIVE_INFINITY);
    }

    /** Returns W2 up to symmetries of some rows of a sample to some of a reference. */
    static double aligned(AlignedWasserstein distance, ParticleSample sample, int[] rows, ParticleSample reference,
            int[] referenceRows) {
        if (rows.length == 0) {
            return Double.NaN;
        }
        float[] values = sample.values(rows);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return distance.w2(values, reference.values(referenceRows));
    }

    private static boolean allFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
