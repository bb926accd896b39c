package dev.idem.reference;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.Energy;
import dev.idem.energy.HostEnergy;
import dev.idem.program.Counter;
import dev.idem.program.TargetOp;
import dev.idem.random.Normals;
import java.util.Arrays;

/** The definition of the Monte-Carlo score and of the mixing of its two forms. */
final class ReferenceTargets {

    private static final int GROUPS = 16;

    private ReferenceTargets() {}

    static void run(TargetOp op, ReferenceSession session) {
        switch (op) {
            case TargetOp.MonteCarloScore score -> {
                for (int row = 0; row < score.rows(); row++) {
                    score(score, row, session);
                }
            }
            case TargetOp.GuidedScore score -> {
                for (int row = 0; row < score.rows(); row++) {
                    ReferenceGuides.score(score, row, session);
                }
            }
            case TargetOp.DrawCopies draw -> ReferencePools.draw(draw, session);
            case TargetOp.BalanceCopies balance -> ReferencePools.balance(balance, session);
            case TargetOp.PooledScore score -> ReferencePools.score(score, session);
            case TargetOp.MixKnown mix -> {
                double v = mix.width() * mix.width();
                for (int row = 0; row < mix.rows(); row++) {
                    double c = v / (v + session.get(mix.variance(), row, 0));
                    for (int axis = 0; axis < mix.mixed().columns(); axis++) {
                        session.set(mix.mixed(), row, axis, c * session.get(mix.targetScore(), row, axis)
                                + (1 - c) * session.get(mix.denoisingScore(), row, axis));
                    }
                }
            }
            case TargetOp.MixLearned mix -> {
                for (int row = 0; row < mix.rows(); row++) {
                    int bin = mix.bins().of(session.get(mix.variance(), row, 0));
                    double b = session.get(mix.mixing(), bin, 1);
                    double c = b > 0 ? Math.clamp(session.get(mix.mixing(), bin, 0) / b, 0, 1) : 0;
                    for (int axis = 0; axis < mix.mixed().columns(); axis++) {
                        session.set(mix.mixed(), row, axis, c * session.get(mix.targetScore(), row, axis)
                                + (1 - c) * session.get(mix.denoisingScore(), row, axis));
                    }
                }
            }
            case TargetOp.PairDenoising pair -> {
                for (int row = 0; row < pair.rows(); row++) {
                    for (int axis = 0; axis < pair.x().columns(); axis++) {
                        session.set(pair.denoisingScore(), row, axis,
                                (session.get(pair.clean(), row, axis) - session.get(pair.x(), row, axis))
                                        / session.get(pair.variance(), row, 0));
                    }
                }
            }
            case TargetOp.Blend blend -> {
                for (int row = 0; row < blend.rows(); row++) {
                    double samples = session.get(blend.effectiveSamples(), row, 0);
                    double w = Math.clamp((samples - blend.from()) / (blend.to() - blend.from()), 0, 1);
                    for (int axis = 0; axis < blend.blended().columns(); axis++) {
                        double first = w == 0 ? 0 : w * session.get(blend.first(), row, axis);
                        double second = w == 1 ? 0 : (1 - w) * session.get(blend.second(), row, axis);
                        session.set(blend.blended(), row, axis, first + second);
                    }
                }
            }
            case TargetOp.MixingSums sums -> mixingSums(sums, session);
            case TargetOp.UpdateMixing update -> {
                for (int bin = 0; bin < update.rows(); bin++) {
                    for (int column = 0; column < 2; column++) {
                        session.set(update.mixing(), bin, column,
                                update.decay() * session.get(update.mixing(), bin, column)
                                        + session.get(update.sums(), bin, column));
                    }
                }
            }
            case TargetOp.ClipParts clip -> {
                int length = clip.x().columns() / clip.parts();
                for (int row = 0; row < clip.rows(); row++) {
                    for (int part = 0; part < clip.parts(); part++) {
                        clip(clip, row, part * length, length, session);
                    }
                }
            }
        }
    }

    private static void clip(TargetOp.ClipParts op, int row, int first, int length, ReferenceSession session) {
        double square = 0;
        for (int c = first; c < first + length; c++) {
            square += Math.pow(session.get(op.x(), row, c), 2);
        }
        double factor = Math.min(1, op.maxNorm() / (Math.sqrt(square) + 1e-6));
        for (int c = first; c < first + length; c++) {
            session.set(op.clipped(), row, c, factor * session.get(op.x(), row, c));
        }
    }

    private static void mixingSums(TargetOp.MixingSums op, ReferenceSession session) {
        Arrays.fill(session.doubles(op.sums()), 0);
        for (int row = 0; row < op.rows(); row++) {
            double h = session.get(op.variance(), row, 0);
            double a = 0;
            double b = 0;
            double norm = 0;
            for (int axis = 0; axis < op.score().columns(); axis++) {
                double t = session.get(op.targetScore(), row, axis);
                double d = session.get(op.denoisingScore(), row, axis);
                a += (session.get(op.score(), row, axis) - d) * (t - d);
                b += (t - d) * (t - d);
                norm += t * t;
            }
            int bin = op.bins().of(h);
            if (norm * h <= op.bound() * op.bound() && Double.isFinite(a + b)) {
                session.add(op.sums(), bin, 0, h * a);
                session.add(op.sums(), bin, 1, h * b);
            } else {
                session.add(op.sums(), bin, 2, 1);
            }
        }
    }

    /** Draws all copies, then forms the weights and the sums from their definitions. */
    private static void score(TargetOp.MonteCarloScore op, int row, ReferenceSession session) {
        int dimension = op.x().columns();
        int copies = session.ints(op.copies())[row];
        double h = session.get(op.variance(), row, 0);
        int[] counter = session.ints(op.counter());
        double[] logWeight = new double[copies];
        double[][] target = new double[copies][dimension];
        double[][] denoising = new double[copies][dimension];
        double[] y = new double[dimension];
        for (int k = 0; k < copies; k++) {
            for (int axis = 0; axis < dimension; axis++) {
                double noise = Normals.copyNormal(counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], op.stream(),
                        counter[Counter.STEP], counter[Counter.FIRST_ROW] + row, k, axis, dimension);
                y[axis] = session.get(op.x(), row, axis) + Math.sqrt(h) * noise;
                denoising[k][axis] = noise / Math.sqrt(h);
            }
            logWeight[k] = logDensity(op.energy(), y, target[k]);
        }
        double[] estimate = estimate(op.biasCorrection(), logWeight, target, denoising);
        for (int axis = 0; axis < dimension; axis++) {
            session.set(op.targetScore(), row, axis, estimate[axis]);
            session.set(op.denoisingScore(), row, axis, estimate[dimension + axis]);
        }
        session.set(op.effectiveSamples(), row, 0, effective(logWeight));
    }

    /** Returns −E(y) and writes −∇E(y); zero where the energy is infinite. */
    static double logDensity(Energy energy, double[] y, double[] force) {
        return switch (energy) {
            case AnalyticEnergy analytic -> -analytic.energyAndForce(y, 0, force, 0);
            case HostEnergy host -> host(host, y, force);
        };
    }

    private static double host(HostEnergy energy, double[] y, double[] target) {
        float[] x = new float[y.length];
        for (int axis = 0; axis < y.length; axis++) {
            x[axis] = (float) y[axis];
        }
        double[] value = new double[1];
        float[] gradient = new float[y.length];
        energy.evaluate(x, 1, value, gradient);
        for (int axis = 0; axis < y.length; axis++) {
            target[axis] = Double.isInfinite(value[0]) ? 0 : -gradient[axis];
        }
        return -value[0];
    }

    /** Returns the weighted means of target and denoising scores, without the copies of one group. */
    static double[] sums(double[] logWeight, double[][] target, double[][] denoising, int without) {
        int dimension = target[0].length;
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logWeight.length; k++) {
            if (k % GROUPS != without) {
                max = Math.max(max, logWeight[k]);
            }
        }
        double total = 0;
        double[] sums = new double[2 * dimension];
        for (int k = 0; k < logWeight.length; k++) {
            if (k % GROUPS == without) {
                continue;
            }
            double weight = Math.exp(logWeight[k] - max);
            total += weight;
            for (int axis = 0; axis < dimension; axis++) {
                sums[axis] += weight * target[k][axis];
                sums[dimension + axis] += weight * denoising[k][axis];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= total;
        }
        return sums;
    }

    /** Returns the weighted means of target and denoising scores, corrected if asked for. */
    static double[] estimate(boolean corrected, double[] logWeight, double[][] target, double[][] denoising) {
        double[] sums = sums(logWeight, target, denoising, -1);
        return corrected ? jackknife(sums, logWeight, target, denoising) : sums;
    }

    static double effective(double[] logWeight) {
        double max = Arrays.stream(logWeight).max().orElseThrow();
        double sum = Arrays.stream(logWeight).map(l -> Math.exp(l - max)).sum();
        double squares = Arrays.stream(logWeight).map(l -> Math.exp(2 * (l - max))).sum();
        return sum * sum / squares;
    }

    /** The jackknife over the groups of copies; the plain means where one group has more than half of the weight. */
    private static double[] jackknife(double[] sums, double[] logWeight, double[][] target, double[][] denoising) {
        int groups = Math.min(GROUPS, logWeight.length);
        double max = Arrays.stream(logWeight).max().orElseThrow();
        double[] weights = new double[GROUPS];
        for (int k = 0; k < logWeight.length; k++) {
            weights[k % GROUPS] += Math.exp(logWeight[k] - max);
        }
        double largest = Arrays.stream(weights).max().orElseThrow();
        if (groups == 1 || largest > 0.5 * Arrays.stream(weights).sum()) {
            return sums;
        }
        double[] corrected = new double[sums.length];
        for (int group = 0; group < groups; group++) {
            double[] without = sums(logWeight, target, denoising, group);
            for (int i = 0; i < sums.length; i++) {
                corrected[i] += without[i] / groups;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            corrected[i] = groups * sums[i] - (groups - 1) * corrected[i];
        }
        return corrected;
    }
}
