package dev.idem.cpu;

import dev.idem.cpu.kernel.AnalyticScoreKernel;
import dev.idem.cpu.kernel.GuidedScoreKernel;
import dev.idem.cpu.kernel.HostScoreKernel;
import dev.idem.cpu.kernel.LaneEnergy;
import dev.idem.cpu.kernel.MixtureConstants;
import dev.idem.cpu.kernel.MixtureScoreKernel;
import dev.idem.cpu.kernel.ParticleKernel;
import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.NoiseBins;
import dev.idem.program.TargetOp;

/** Lowers the Monte-Carlo score and the mixing of its two forms. */
final class TargetLowering {

    private TargetLowering() {}

    static Kernel lower(TargetOp op, Operands operands) {
        return switch (op) {
            case TargetOp.MonteCarloScore score -> score(score, operands);
            case TargetOp.GuidedScore score -> guided(score, operands);
            case TargetOp.DrawCopies draw -> PoolLowering.lower(draw, operands);
            case TargetOp.BalanceCopies balance -> PoolLowering.lower(balance, operands);
            case TargetOp.PooledScore score -> PoolLowering.lower(score, operands);
            case TargetOp.PairDenoising pair -> pairDenoising(pair, operands);
            case TargetOp.Blend blend -> blend(blend, operands);
            case TargetOp.MixKnown mix -> mixKnown(mix, operands);
            case TargetOp.MixLearned mix -> mixLearned(mix, operands);
            case TargetOp.MixingSums sums -> mixingSums(sums, operands);
            case TargetOp.UpdateMixing update -> updateMixing(update, operands);
            case TargetOp.ClipParts clip -> clipParts(clip, operands);
        };
    }

    /** One row of a Monte-Carlo score: the call that the kernels of all energies and proposals share. */
    @FunctionalInterface
    private interface RowScore {
        void write(Worker worker, float[] x, int xAt, float[] variance, int varianceAt, int row, float[] target,
                int targetAt, float[] denoising, int denoisingAt, float[] effective, int effectiveAt);
    }

    private static Kernel score(TargetOp.MonteCarloScore op, Operands operands) {
        return rows(rowScore(op, operands.ints(op.counter()), operands.ints(op.copies())), op.x(), op.variance(),
                op.targetScore(), op.denoisingScore(), op.effectiveSamples(), operands);
    }

    private static Kernel guided(TargetOp.GuidedScore op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        int[] copies = operands.ints(op.copies());
        Operand clean = operands.rows(op.clean());
        RowScore kernel = (worker, x, xAt, variance, varianceAt, row, target, targetAt, denoising, denoisingAt,
                effective, effectiveAt) -> GuidedScoreKernel.run(clean.array(worker), clean.at(worker, row), x, xAt,
                        variance[varianceAt], counter[Counter.FIRST_ROW] + row, copies[row], op.newtonSteps(),
                        counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], op.stream(), counter[Counter.STEP],
                        target, targetAt, denoising, denoisingAt, effective, effectiveAt,
                        worker.scratch().guided(op.energy()));
        return rows(kernel, op.x(), op.variance(), op.targetScore(), op.denoisingScore(), op.effectiveSamples(),
                operands);
    }

    /** Runs a score row by row: the variance may be one for all rows. */
    private static Kernel rows(RowScore kernel, Buffer points, Buffer variances, Buffer targets, Buffer denoisings,
            Buffer effectives, Operands operands) {
        Operand x = operands.rows(points);
        Operand variance = operands.rows(variances);
        Operand target = operands.rows(targets);
        Operand denoising = operands.rows(denoisings);
        Operand effective = operands.rows(effectives);
        return (worker, from, to) -> {
            for (int row = from; row < to; row++) {
                kernel.write(worker, x.array(worker), x.at(worker, row), variance.array(worker),
                        variance.at(worker, row), row, target.array(worker), target.at(worker, row),
                        denoising.array(worker), denoising.at(worker, row), effective.array(worker),
                        effective.at(worker, row));
            }
        };
    }

    private static RowScore rowScore(TargetOp.MonteCarloScore op, int[] counter, int[] copies) {
        int stream = op.stream();
        boolean corrected = op.biasCorrection();
        return switch (op.energy()) {
            case GaussianMixture mixture -> {
                MixtureConstants constants = MixtureConstants.of(mixture);
                yield (worker, x, xAt, variance, varianceAt, row, target, targetAt, denoising, denoisingAt, effective,
                        effectiveAt) -> MixtureScoreKernel.run(constants, x, xAt, variance, varianceAt, 1,
                                counter[Counter.FIRST_ROW] + row, copies, row, counter[Counter.SEED_LOW],
                                counter[Counter.SEED_HIGH], stream, counter[Counter.STEP], corrected, target, targetAt,
                                denoising, denoisingAt, effective, effectiveAt, null, 0,
                                worker.scratch().mixture(constants));
            }
            case AnalyticEnergy energy -> {
                LaneEnergy lanes = LaneEnergy.of(energy);
                yield (worker, x, xAt, variance, varianceAt, row, target, targetAt, denoising, denoisingAt, effective,
                        effectiveAt) -> AnalyticScoreKernel.run(lanes, x, xAt, variance, varianceAt, 1,
                                counter[Counter.FIRST_ROW] + row, copies, row, counter[Counter.SEED_LOW],
                                counter[Counter.SEED_HIGH], stream, counter[Counter.STEP], corrected, target, targetAt,
                                denoising, denoisingAt, effective, effectiveAt, null, 0,
                                worker.scratch().analytic(lanes));
            }
            case HostEnergy energy ->
                (worker, x, xAt, variance, varianceAt, row, target, targetAt, denoising, denoisingAt, effective,
                        effectiveAt) -> HostScoreKernel.run(energy, x, xAt, variance, varianceAt, 1,
                                counter[Counter.FIRST_ROW] + row, copies, row, counter[Counter.SEED_LOW],
                                counter[Counter.SEED_HIGH], stream, counter[Counter.STEP], corrected, target, targetAt,
                                denoising, denoisingAt, effective, effectiveAt, null, 0,
                                worker.scratch().host(energy.dimension()));
        };
    }

    private static Kernel pairDenoising(TargetOp.PairDenoising op, Operands operands) {
        Operand clean = operands.rows(op.clean());
        Operand x = operands.rows(op.x());
        Operand variance = operands.rows(op.variance());
        Operand score = operands.rows(op.denoisingScore());
        int dimension = op.x().columns();
        return (worker, from, to) -> {
            float[] cleans = clean.array(worker);
            float[] points = x.array(worker);
            float[] out = score.array(worker);
            for (int row = from; row < to; row++) {
                double h = variance.array(worker)[variance.at(worker, row)];
                int c = clean.at(worker, row);
                int p = x.at(worker, row);
                int at = score.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[at + axis] = (float) (((double) cleans[c + axis] - points[p + axis]) / h);
                }
            }
        };
    }

    private static Kernel blend(TargetOp.Blend op, Operands operands) {
        Operand first = operands.rows(op.first());
        Operand second = operands.rows(op.second());
        Operand effective = operands.rows(op.effectiveSamples());
        Operand blended = operands.rows(op.blended());
        int dimension = op.blended().columns();
        return (worker, from, to) -> {
            float[] firsts = first.array(worker);
            float[] seconds = second.array(worker);
            float[] out = blended.array(worker);
            for (int row = from; row < to; row++) {
                double samples = effective.array(worker)[effective.at(worker, row)];
                double weight = Math.clamp((samples - op.from()) / (op.to() - op.from()), 0, 1);
                int a = first.at(worker, row);
                int b = second.at(worker, row);
                int at = blended.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[at + axis] = weight >= 1
                            ? firsts[a + axis]
                            : weight > 0
                                    ? (float) (weight * firsts[a + axis] + (1 - weight) * seconds[b + axis])
                                    : seconds[b + axis];
                }
            }
        };
    }

    /** c of c · target score + (1 − c) · denoising score. */
    @FunctionalInterface
    private interface Coefficient {
        float at(float variance);
    }

    private static Kernel mixKnown(TargetOp.MixKnown op, Operands operands) {
        double square = op.width() * op.width();
        return mix(op.targetScore(), op.denoisingScore(), op.variance(), op.mixed(), operands,
                variance -> (float) (square / (square + variance)));
    }

    private static Kernel mixLearned(TargetOp.MixLearned op, Operands operands) {
        float[] mixing = operands.floats(op.mixing());
        return mix(op.targetScore(), op.denoisingScore(), op.variance(), op.mixed(), operands, variance -> {
            int bin = op.bins().of(variance);
            float b = mixing[2 * bin + 1];
            return b > 0 ? Math.clamp(mixing[2 * bin] / b, 0f, 1f) : 0;
        });
    }

    private static Kernel mix(Buffer targetScore, Buffer denoisingScore, Buffer variances, Buffer result,
            Operands operands, Coefficient coefficient) {
        Operand target = operands.rows(targetScore);
        Operand denoising = operands.rows(denoisingScore);
        Operand variance = operands.rows(variances);
        Operand mixed = operands.rows(result);
        int dimension = result.columns();
        return (worker, from, to) -> {
            float[] targets = target.array(worker);
            float[] denoisings = denoising.array(worker);
            float[] out = mixed.array(worker);
            for (int row = from; row < to; row++) {
                float c = coefficient.at(variance.array(worker)[variance.at(worker, row)]);
                int t = target.at(worker, row);
                int d = denoising.at(worker, row);
                int at = mixed.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    float denoised = denoisings[d + axis];
                    out[at + axis] = Math.fma(c, targets[t + axis] - denoised, denoised);
                }
            }
        };
    }

    private static Kernel mixingSums(TargetOp.MixingSums op, Operands operands) {
        Operand score = operands.rows(op.score());
        Operand target = operands.rows(op.targetScore());
        Operand denoising = operands.rows(op.denoisingScore());
        Operand variance = operands.rows(op.variance());
        Operand sums = operands.sum(op.sums());
        NoiseBins bins = op.bins();
        int dimension = op.score().columns();
        return (worker, from, to) -> {
            float[] out = sums.array(worker);
            for (int row = from; row < to; row++) {
                float[] scores = score.array(worker);
                float[] targets = target.array(worker);
                float[] denoisings = denoising.array(worker);
                int s = score.at(worker, row);
                int t = target.at(worker, row);
                int d = denoising.at(worker, row);
                double h = variance.array(worker)[variance.at(worker, row)];
                double a = 0;
                double b = 0;
                double norm = 0;
                for (int axis = 0; axis < dimension; axis++) {
                    double difference = (double) targets[t + axis] - denoisings[d + axis];
                    a += ((double) scores[s + axis] - denoisings[d + axis]) * difference;
                    b += difference * difference;
                    norm += (double) targets[t + axis] * targets[t + axis];
                }
                int at = sums.at(worker, row) + 3 * bins.of(h);
                boolean within = norm * h <= op.bound() * op.bound() && Double.isFinite(a) && Double.isFinite(b);
                if (within) {
                    out[at] += (float) (h * a);
                    out[at + 1] += (float) (h * b);
                } else {
                    out[at + 2] += 1;
                }
            }
        };
    }

    private static Kernel updateMixing(TargetOp.UpdateMixing op, Operands operands) {
        Operand sums = operands.rows(op.sums());
        Operand mixing = operands.rows(op.mixing());
        float decay = (float) op.decay();
        return (worker, from, to) -> {
            float[] in = sums.array(worker);
            float[] out = mixing.array(worker);
            for (int bin = from; bin < to; bin++) {
                int source = sums.at(worker, bin);
                int at = mixing.at(worker, bin);
                out[at] = Math.fma(decay, out[at], in[source]);
                out[at + 1] = Math.fma(decay, out[at + 1], in[source + 1]);
            }
        };
    }

    private static Kernel clipParts(TargetOp.ClipParts op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand clipped = operands.rows(op.clipped());
        int length = op.x().columns() / op.parts();
        return (worker, from, to) -> {
            for (int row = from; row < to; row++) {
                ParticleKernel.clip(x.array(worker), x.at(worker, row), op.parts(), length, op.maxNorm(),
                        clipped.array(worker), clipped.at(worker, row));
            }
        };
    }
}
