package dev.idem.cpu.kernel;

import dev.idem.energy.GaussianMixture;
import dev.idem.random.Normals;
import dev.idem.random.Philox;

/**
 * The Monte-Carlo score of one row in double precision, straight from its definition, with the kernels' float noise.
 *
 * <p>It also says how well float arithmetic can do: the sizes of the terms that cancel.
 */
final class ScoreReference {

    static final int LOW = 0x1234567;
    static final int HIGH = -77;
    static final int STREAM = 5;
    static final int STEP = 1234;

    final double[] target;
    final double[] denoising;
    double effective;
    double logMeanWeight;

    /** Weighted mean size of what is added up to the target score, and of the parts of an exponent. */
    double forceScale;
    double exponentScale;

    private final GaussianMixture mixture;
    private final double[] x;
    private final double variance;
    private final int copies;
    private final double[][] noise; // [copy][axis]
    private final double[] logWeight; // [copy]
    private final double[][] force; // [copy][axis]

    ScoreReference(GaussianMixture mixture, double[] x, double variance, int copies, int row) {
        this.mixture = mixture;
        this.x = x;
        this.variance = variance;
        this.copies = copies;
        int dimension = mixture.dimension();
        target = new double[dimension];
        denoising = new double[dimension];
        noise = new double[copies][dimension];
        logWeight = new double[copies];
        force = new double[copies][dimension];
        double[] y = new double[dimension];
        for (int copy = 0; copy < copies; copy++) {
            for (int axis = 0; axis < dimension; axis++) {
                noise[copy][axis] = noise(row, copy, axis, dimension);
                y[axis] = x[axis] + Math.sqrt(variance) * noise[copy][axis];
            }
            logWeight[copy] = mixture.logDensityAndScore(y, 0, force[copy], 0);
        }
        double largest = max(logWeight);
        double[] sums = new double[2];
        for (int copy = 0; copy < copies; copy++) {
            double weight = StrictMath.exp(logWeight[copy] - largest);
            sums[0] += weight;
            sums[1] += weight * weight;
        }
        effective = sums[0] * sums[0] / sums[1];
        logMeanWeight = largest + StrictMath.log(sums[0] / copies);
        mean(-1, target, denoising);
        scales(sums[0], largest);
    }

    /** Returns the noise of one axis of one copy with the kernels' bits. */
    static float noise(int row, int copy, int axis, int dimension) {
        int[] words = new int[Philox.WORDS];
        Philox.words(Normals.copyBlock(copy, axis, dimension), row, STEP, STREAM, LOW, HIGH, words, 0);
        int pair = 2 * (copy % 2);
        return axis % 2 == 0
                ? NormalKernel.cosine(words[pair], words[pair + 1])
                : NormalKernel.sine(words[pair], words[pair + 1]);
    }

    /**
     * Replaces both scores by the jackknife over the lanes; returns the largest share that one lane has of the weight.
     */
    double correctBias() {
        int lanes = Math.min(copies, Lanes.LOGICAL);
        double[] othersTarget = new double[x.length];
        double[] othersDenoising = new double[x.length];
        double[] someTarget = new double[x.length];
        double[] someDenoising = new double[x.length];
        double largestShare = 0;
        for (int lane = 0; lane < lanes; lane++) {
            largestShare = Math.max(largestShare, 1 - mean(lane, someTarget, someDenoising));
            for (int axis = 0; axis < x.length; axis++) {
                othersTarget[axis] += someTarget[axis] / lanes;
                othersDenoising[axis] += someDenoising[axis] / lanes;
            }
        }
        for (int axis = 0; axis < x.length; axis++) {
            target[axis] = lanes * target[axis] - (lanes - 1) * othersTarget[axis];
            denoising[axis] = lanes * denoising[axis] - (lanes - 1) * othersDenoising[axis];
        }
        return largestShare;
    }

    /** Writes the weighted means over all copies but those of one lane; returns the others' share of the weight. */
    private double mean(int omittedLane, double[] meanForce, double[] meanStep) {
        double largest = max(logWeight);
        double total = 0;
        double all = 0;
        java.util.Arrays.fill(meanForce, 0);
        java.util.Arrays.fill(meanStep, 0);
        for (int copy = 0; copy < copies; copy++) {
            double weight = StrictMath.exp(logWeight[copy] - largest);
            all += weight;
            if (copy % Lanes.LOGICAL != omittedLane) {
                total += weight;
                for (int axis = 0; axis < x.length; axis++) {
                    meanForce[axis] += weight * force[copy][axis];
                    meanStep[axis] += weight * noise[copy][axis] / Math.sqrt(variance);
                }
            }
        }
        for (int axis = 0; axis < x.length; axis++) {
            meanForce[axis] /= total;
            meanStep[axis] /= total;
        }
        return total / all;
    }

    private void scales(double sum, double largest) {
        double[] deviations = mixture.standardDeviations();
        double[] weights = mixture.weights();
        double[] means = mixture.means();
        int dimension = x.length;
        for (int copy = 0; copy < copies; copy++) {
            double copyWeight = StrictMath.exp(logWeight[copy] - largest) / sum;
            for (int mode = 0; mode < weights.length && copyWeight > 1e-12; mode++) {
                double precision = 1 / (deviations[mode] * deviations[mode]);
                double fromPoint = 0;
                double fromCopy = 0;
                double length = 0;
                for (int axis = 0; axis < dimension; axis++) {
                    double difference = means[mode * dimension + axis] - x[axis];
                    double step = Math.sqrt(variance) * noise[copy][axis];
                    fromPoint += difference * difference;
                    fromCopy += (difference - step) * (difference - step);
                    length += step * step;
                }
                double share = copyWeight * weights[mode] * StrictMath.exp(-0.5 * fromCopy * precision - logWeight[copy]
                        - dimension * StrictMath.log(deviations[mode] * Math.sqrt(2 * Math.PI)));
                forceScale += share * precision * (Math.sqrt(fromPoint) + Math.sqrt(length));
                exponentScale += share * precision * (fromPoint + length);
            }
        }
    }

    private static double max(double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
