package dev.idem.train;

import dev.idem.diffusion.Levels;
import dev.idem.energy.AnalyticEnergy;
import dev.idem.eval.Estimate;
import dev.idem.eval.ParallelTasks;
import dev.idem.program.NoiseBins;
import dev.idem.random.Normals;
import dev.idem.task.Task;
import dev.idem.tempering.PosteriorChain;
import dev.idem.tempering.TemperingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far a score is from the noised target's true one, level by level, without drawing samples.
 *
 * <p>Reference samples y are noised to x = y + √h ε. Two estimates a and b of the score at x, from parts of a {@link PosteriorChain} far enough apart to be
 * independent, give h · mean over coordinates of (s(x) − a)(s(x) − b), whose mean is h |s − s*|²/D: zero for the true score s*. Parts that are not independent
 * make it too large; where parts a hundred sweeps apart give more than parts three hundred apart do, the chain is too slow at that level for the figure to be trusted.
 *
 * <p>The integral over ln σ of h |s − s*|², D times the figure, is the divergence of the paths of the reverse process with s from those with s*, and so an upper
 * bound of the divergence KL(exact‖samples), up to the discretisation and the prior (Girsanov's theorem; Song et al., "Maximum likelihood training of score-based
 * diffusion models", arXiv 2101.09258, theorem 1).
 *
 * @param levels by rising noise
 * @param pathDivergence Σ over levels of D · excess · Δ ln σ, in nats, by the trapezoidal rule; levels whose chains are slow included
 * @param energyCalls about how many energies this took
 */
public record ExcessLoss(List<Level> levels, double pathDivergence, long energyCalls) {

    static final int LEVELS = 12;
    private static final int STREAM = 7000;
    private static final int TUNING = 100;
    private static final int PART = 50;
    private static final int NEAR = 50;
    private static final int FAR = 150;
    private static final int MEAN_LEAPFROGS = 8;
    private static final double ERRORS_OF_DOUBT = 3;

    /** Width of the target where nothing has been learned about it. */
    private static final double NO_WIDTH = 0.05;

    /**
     * The figure of one noise level.
     *
     * @param sigma noise level, in model coordinates
     * @param excess h |s − s*|² per coordinate, from distant parts of the chains
     * @param slowness how much more parts a third as distant give; above 0 by several errors where chains are too slow
     */
    public record Level(double sigma, Estimate excess, Estimate slowness) {

        /** Returns whether the chains are fast enough for the figure to be read: one in a thousand levels fails by chance. */
        public boolean readable() {
            return slowness.value() <= ERRORS_OF_DOUBT * slowness.standardError();
        }
    }

    /** A score to be judged. */
    @FunctionalInterface
    interface Score {

        /**
         * Returns the score of points at a noise level.
         *
         * @param points [row][coordinate], not modified
         */
        float[] of(float[] points, double sigma);
    }

    /**
     * Judges a score.
     *
     * @param target what the points are samples of
     * @param clean samples of it, [row][coordinate], at least two rows
     * @param sigmas noise levels, rising
     * @param width the target's local standard deviation, which weighs the two identities; 0 if nothing is known
     * @param threads to use; figures do not depend on it
     */
    static ExcessLoss of(Score score, TemperingTarget target, double[] clean, double[] sigmas, double width, long seed,
            int threads) {
        int dimension = target.dimension();
        int rows = clean.length / dimension;
        List<Level> levels = new ArrayList<>();
        double divergence = 0;
        for (int number = 0; number < sigmas.length; number++) {
            double sigma = sigmas[number];
            float[] noised = noised(target, clean, sigma, seed, number);
            double known = width > 0 ? width : NO_WIDTH;
            Rows judged = new Rows(target, clean, noised, score.of(noised, sigma), sigma * sigma,
                    known * known / (known * known + sigma * sigma));
            double[] distant = new double[rows];
            double[] added = new double[rows];
            int first = number * rows;
            ParallelTasks.run(rows, threads, row -> judged.judge(row, seed, first + row, distant, added));
            levels.add(new Level(sigma, Estimate.ofMean(distant), Estimate.ofMean(added)));
            double before = number == 0 ? 0 : StrictMath.log(sigma / sigmas[number - 1]);
            double after = number == sigmas.length - 1 ? 0 : StrictMath.log(sigmas[number + 1] / sigma);
            divergence += dimension * levels.getLast().excess.value() * (before + after) / 2;
        }
        long sweeps = TUNING + 3L * PART + NEAR + FAR;
        return new ExcessLoss(List.copyOf(levels), divergence, sweeps * MEAN_LEAPFROGS * rows * sigmas.length);
    }

    /** Returns points with noise added, of particles without centre of mass, in the precision that a score is asked in. */
    private static float[] noised(TemperingTarget target, double[] clean, double sigma, long seed, int level) {
        int dimension = target.dimension();
        float[] noised = new float[clean.length];
        double[] noise = new double[dimension];
        for (int row = 0; row < clean.length / dimension; row++) {
            for (int k = 0; k < dimension; k++) {
                noise[k] = Normals.normal((int) seed, (int) (seed >> 32), STREAM, level, row, k);
            }
            target.free(noise);
            for (int k = 0; k < dimension; k++) {
                noised[row * dimension + k] = (float) (clean[row * dimension + k] + sigma * noise[k]);
            }
        }
        return noised;
    }

    /** Points of one noise level with their scores. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Rows(TemperingTarget target, double[] clean, float[] noised, float[] scores, double variance,
            double mixing) {

        void judge(int row, long seed, int number, double[] distant, double[] added) {
            int dimension = target.dimension();
            double[] start = new double[dimension];
            double[] point = new double[dimension];
            for (int k = 0; k < dimension; k++) {
                start[k] = clean[row * dimension + k];
                point[k] = noised[row * dimension + k];
            }
            PosteriorChain chain = new PosteriorChain(target, point, variance, start, mixing, seed, number);
            chain.tune(TUNING);
            double[] first = chain.average(PART);
            chain.move(NEAR);
            double[] neighbour = chain.average(PART);
            chain.move(FAR);
            double[] last = chain.average(PART);
            double near = 0;
            double far = 0;
            for (int k = 0; k < dimension; k++) {
                double score = scores[row * dimension + k];
                near += (score - first[k]) * (score - neighbour[k]);
                far += (score - first[k]) * (score - last[k]);
            }
            distant[row] = variance * far / dimension;
            added[row] = variance * (near - far) / dimension;
        }
    }

    /** Returns levels at equal distances in ln σ, rising over the range of some bins. */
    static double[] levels(NoiseBins range) {
        Levels falling = new Levels(LEVELS, range.sigmaMin(), range.sigmaMax(), 0, 0);
        return IntStream.range(0, LEVELS).mapToDouble(level -> Math.sqrt(falling.variance(LEVELS - 1 - level)))
                .toArray();
    }

    /**
     * Returns what posterior chains of a task's points move in: model coordinates.
     *
     * @throws IllegalArgumentException if its energy is Java code of a user, which has no double precision
     */
    static TemperingTarget target(Task task) {
        if (!(task.energy() instanceof AnalyticEnergy energy)) {
            throw new IllegalArgumentException("the excess loss is of energies given by a formula; that of "
                    + task.name() + " is Java code");
        }
        return TemperingTarget.of(energy, task.dataDeviation(), 1);
    }
}
