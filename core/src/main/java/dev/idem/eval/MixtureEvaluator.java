package dev.idem.eval;

/** Judges samples of one Gaussian mixture against exact samples of it. */
public final class MixtureEvaluator {

    private final int dimension;
    private final double[] means; // [mode][axis]
    private final double[] standardDeviations; // [mode]
    private final LogDensity logDensity;
    private final ModeWeights truth;

    /**
     * Takes the mixture.
     *
     * @param dimension number of axes
     * @param means [mode][axis], copied
     * @param standardDeviations [mode], positive, copied
     * @param logDensity the mixture's normalised log density
     * @param truth exact samples counted by mode, at least ten times as many as will be judged, so that their noise
     *             does not matter
     */
    public MixtureEvaluator(int dimension, double[] means, double[] standardDeviations, LogDensity logDensity,
            ModeWeights truth) {
        this.dimension = dimension;
        this.means = means.clone();
        this.standardDeviations = standardDeviations.clone();
        this.logDensity = logDensity;
        this.truth = truth;
    }

    /**
     * Judges samples.
     *
     * @param samples [row][axis], not modified
     * @param exact as many exact samples, not modified
     * @param otherExact as many exact samples independent of {@code exact}, not modified; they give the floor
     * @param subsets sizes for the Wasserstein distances
     * @throws IllegalArgumentException if sizes do not fit or a value is not finite
     */
    public MixtureEvaluation evaluate(float[] samples, float[] exact, float[] otherExact, SubsetDistances subsets) {
        Points.rows("samples", samples.length, dimension);
        requireSameLength("exact", exact, samples);
        requireSameLength("otherExact", otherExact, samples);
        PlaneHistogram exactHistogram = PlaneHistogram
                .around(means, standardDeviations, dimension, PlaneHistogram.DEFAULT_BINS).add(exact, dimension);
        double[] exactLogDensities = logDensities(exact);
        MixtureMetrics metrics = metrics(samples, exactHistogram, exactLogDensities);
        MixtureMetrics floor = metrics(otherExact, exactHistogram, exactLogDensities);
        double expected = new ModeWeights(means, dimension).add(samples).expectedError(truth);
        return new MixtureEvaluation(metrics, floor, expected, subsets.compare(samples, exact, otherExact));
    }

    private MixtureMetrics metrics(float[] samples, PlaneHistogram exactHistogram, double[] exactLogDensities) {
        ModeWeights weights = new ModeWeights(means, dimension).add(samples);
        PlaneHistogram histogram = exactHistogram.emptyCopy().add(samples, dimension);
        double[] logDensities = logDensities(samples);
        return new MixtureMetrics(samples.length / dimension, standardDeviations.length, weights.modesHit(),
                weights.relativeError(truth), weights.leastRatio(truth), Estimate.ofMean(logDensities),
                Wasserstein.scalarW2(logDensities, exactLogDensities), histogram.totalVariation(exactHistogram),
                histogram.outsideShare());
    }

    private double[] logDensities(float[] samples) {
        Points.requireFinite("samples", samples, dimension);
        double[] values = new double[samples.length / dimension];
        double[] point = new double[dimension];
        for (int row = 0; row < values.length; row++) {
            for (int axis = 0; axis < dimension; axis++) {
                point[axis] = samples[row * dimension + axis];
            }
            values[row] = logDensity.at(point, 0);
        }
        return values;
    }

    private static void requireSameLength(String name, float[] sample, float[] samples) {
        if (sample.length != samples.length) {
            throw new IllegalArgumentException(name + " has " + sample.length
                    + " values, must have as many as the samples: " + samples.length);
        }
    }
}
