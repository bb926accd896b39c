package dev.idem.tornado;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.TargetOp;
import dev.idem.tornado.kernel.GroupSums;
import dev.idem.tornado.kernel.PoolKernels;
import dev.idem.tornado.kernel.ReductionKernels;
import dev.idem.tornado.kernel.RowKernels;
import dev.idem.tornado.kernel.ScoreKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Lowers score targets and the mixing of their two forms. */
final class TargetLowering {

    /** Guess of the copies of a row for the cost model: their numbers lie in a buffer. */
    private static final int TYPICAL_COPIES = 512;

    private TargetLowering() {}

    static void lower(TargetOp op, TaskList tasks) {
        switch (op) {
            case TargetOp.MonteCarloScore score -> monteCarlo(score, tasks);
            case TargetOp.DrawCopies draw -> draw(draw, tasks);
            case TargetOp.BalanceCopies balance -> {
                int copies = balance.points().rows();
                int columns = balance.x().columns();
                tasks.operations((double) copies * balance.x().rows() * (3.0 * columns + 30)).add(PoolKernels::balance,
                        tasks.floats(balance.x()), tasks.floats(balance.variance()), tasks.ints(balance.firstCopy()),
                        tasks.floats(balance.points()), tasks.floats(balance.energy()),
                        tasks.floats(balance.logWeight()), copies, balance.x().rows(), columns,
                        TaskList.stride(balance.variance()));
            }
            case TargetOp.PooledScore score -> pooled(score, tasks);
            case TargetOp.GuidedScore guided -> GuidedLowering.lower(guided, tasks);
            case TargetOp.PairDenoising pair -> tasks.add(RowKernels::pairDenoising, tasks.floats(pair.clean()),
                    tasks.floats(pair.x()), tasks.floats(pair.variance()), tasks.floats(pair.denoisingScore()),
                    pair.rows(), pair.x().columns(), TaskList.stride(pair.variance()));
            case TargetOp.Blend blend -> inPlace(blend.first(), blend.second(), blend.blended(), tasks,
                    (first, second) -> tasks.add(RowKernels::blend, first, second,
                            tasks.floats(blend.effectiveSamples()), blend.rows(), blend.blended().columns(),
                            TaskList.stride(blend.effectiveSamples()), (float) blend.from(),
                            (float) (blend.to() - blend.from())));
            case TargetOp.MixKnown mix -> inPlace(mix.targetScore(), mix.denoisingScore(), mix.mixed(), tasks,
                    (target, denoising) -> tasks.add(RowKernels::mixKnown, target, denoising,
                            tasks.floats(mix.variance()), mix.rows(), mix.mixed().columns(),
                            TaskList.stride(mix.variance()), ScoreLowering.square(mix.width())));
            case TargetOp.MixLearned mix -> {
                IntArray bin = NoiseLowering.bins(mix.variance(), mix.rows(), mix.bins(), tasks);
                inPlace(mix.targetScore(), mix.denoisingScore(), mix.mixed(), tasks,
                        (target, denoising) -> tasks.add(RowKernels::mixLearned, target, denoising, bin,
                                tasks.floats(mix.mixing()), mix.rows(), mix.mixed().columns()));
            }
            case TargetOp.MixingSums sums -> mixingSums(sums, tasks);
            case TargetOp.UpdateMixing update -> tasks.add(RowKernels::updateMixing, tasks.floats(update.sums()),
                    tasks.floats(update.mixing()), update.mixing().rows(), (float) update.decay());
            case TargetOp.ClipParts clip -> {
                FloatArray clipped = copied(clip.x(), clip.clipped(), tasks);
                tasks.add(RowKernels::clip, clipped, clip.rows() * clip.parts(), clip.x().columns() / clip.parts(),
                        (float) Math.min(clip.maxNorm(), 1e30));
            }
        }
    }

    /** Appends a copy unless both are one buffer; returns the target. */
    static FloatArray copied(Buffer source, Buffer target, TaskList tasks) {
        FloatArray array = tasks.floats(target);
        if (!source.equals(target)) {
            tasks.add(ReductionKernels::add, tasks.floats(source), array, target.shape().size(), 0f);
        }
        return array;
    }

    /** Something that mixes its first argument with its second, in place. */
    @FunctionalInterface
    private interface Mix {
        void of(FloatArray target, FloatArray denoising);
    }

    /** The result may be either of the two scores; if it is the second, that is copied aside first. */
    private static void inPlace(Buffer target, Buffer denoising, Buffer mixed, TaskList tasks, Mix mix) {
        FloatArray second = tasks.floats(denoising);
        if (denoising.equals(mixed)) {
            second = tasks.arrays().temporaryFloats(denoising.shape().size());
            tasks.add(ReductionKernels::add, tasks.floats(denoising), second, denoising.shape().size(), 0f);
        }
        mix.of(copied(target, mixed, tasks), second);
    }

    private static void mixingSums(TargetOp.MixingSums op, TaskList tasks) {
        int rows = op.rows();
        FloatArray terms = tasks.arrays().temporaryFloats(3 * rows);
        tasks.add(RowKernels::mixingTerms, tasks.floats(op.score()), tasks.floats(op.targetScore()),
                tasks.floats(op.denoisingScore()), tasks.floats(op.variance()), terms, rows, op.score().columns(),
                TaskList.stride(op.variance()), (float) Math.min(op.bound(), 1e18));
        tasks.add(ReductionKernels::sumColumnsByBin, terms,
                NoiseLowering.bins(op.variance(), rows, op.bins(), tasks), tasks.floats(op.sums()), rows,
                op.bins().count(), 3);
    }

    /** Returns an array for what the copies of each row's groups add up to. */
    static FloatArray groups(int rows, int columns, TaskList tasks) {
        return tasks.arrays().temporaryFloats(rows * GroupSums.COUNT * GroupSums.size(columns));
    }

    private static void monteCarlo(TargetOp.MonteCarloScore op, TaskList tasks) {
        int rows = op.rows();
        int columns = op.x().columns();
        int stride = TaskList.stride(op.variance());
        int stream = op.stream();
        AnalyticEnergy energy = EnergyLowering.analytic(op.energy());
        FloatArray constants = tasks.arrays().floatTable(EnergyLowering.constants(energy));
        FloatArray groups = groups(rows, columns, tasks);
        IntArray counter = tasks.ints(op.counter());
        FloatArray x = tasks.floats(op.x());
        FloatArray variance = tasks.floats(op.variance());
        IntArray copies = tasks.ints(op.copies());
        tasks.operations((double) rows * TYPICAL_COPIES * (EnergyLowering.operations(energy) + 30.0 * columns))
                .add(ScoreKernels::groups, counter, x, variance, copies, constants, groups, rows, stride, stream,
                        EnergyLowering.kind(energy), EnergyLowering.parts(energy), columns);
        tasks.add(PoolKernels::merge, groups, copies, tasks.floats(op.targetScore()),
                tasks.floats(op.denoisingScore()), tasks.floats(op.effectiveSamples()), rows, columns, 0,
                op.biasCorrection() ? 1 : 0);
    }

    private static void draw(TargetOp.DrawCopies op, TaskList tasks) {
        int copies = op.points().rows();
        int columns = op.x().columns();
        IntArray owner = tasks.arrays().temporaryInts(copies);
        tasks.add(PoolKernels::owners, tasks.ints(op.firstCopy()), owner, copies, op.x().rows());
        tasks.add(PoolKernels::points, tasks.ints(op.counter()), tasks.floats(op.x()), tasks.floats(op.variance()),
                owner, tasks.floats(op.points()), copies, columns, Lowering.blocks(columns),
                TaskList.stride(op.variance()), op.stream());
        EnergyLowering.evaluate(op.target(), tasks.floats(op.points()), tasks.floats(op.energy()),
                tasks.floats(op.force()), copies, 2, tasks);
    }

    private static void pooled(TargetOp.PooledScore op, TaskList tasks) {
        int rows = op.rows();
        int columns = op.x().columns();
        int copies = op.points().rows();
        FloatArray groups = groups(rows, columns, tasks);
        tasks.operations((double) rows * copies * (9.0 * columns + 30)).add(PoolKernels::pooledGroups,
                tasks.floats(op.x()), tasks.floats(op.variance()), tasks.floats(op.points()),
                tasks.floats(op.logWeight()), tasks.floats(op.force()), groups, rows, copies, columns,
                TaskList.stride(op.variance()));
        tasks.add(PoolKernels::merge, groups, tasks.arrays().intTable(0), tasks.floats(op.targetScore()),
                tasks.floats(op.denoisingScore()), tasks.floats(op.effectiveSamples()), rows, columns, copies,
                op.biasCorrection() ? 1 : 0);
    }
}
