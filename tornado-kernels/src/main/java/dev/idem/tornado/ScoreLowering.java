package dev.idem.tornado;

import dev.idem.program.Buffer;
import dev.idem.program.LossOp;
import dev.idem.program.LossWeight;
import dev.idem.program.ScoreOp;
import dev.idem.tornado.kernel.ReductionKernels;
import dev.idem.tornado.kernel.RowKernels;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;

/** Lowers what lies between network, score and loss. */
final class ScoreLowering {

    private static final int LONGEST_PART = 1024;

    private ScoreLowering() {}

    static float square(double deviation) {
        return (float) (deviation * deviation);
    }

    static void lower(ScoreOp op, TaskList tasks) {
        switch (op) {
            case ScoreOp.ScaleInput scale -> tasks.add(RowKernels::scaleInput, tasks.floats(scale.x()),
                    tasks.floats(scale.variance()), tasks.floats(scale.scaled()), scale.rows(),
                    scale.scaled().columns(), TaskList.stride(scale.x()), TaskList.stride(scale.variance()),
                    square(scale.dataDeviation()));
            case ScoreOp.DenoiserScore score -> tasks.add(RowKernels::denoiserScore, tasks.floats(score.x()),
                    tasks.floats(score.output()), tasks.floats(score.variance()), tasks.floats(score.score()),
                    score.rows(), score.x().columns(), TaskList.stride(score.variance()),
                    (float) score.dataDeviation(), square(score.dataDeviation()));
            case ScoreOp.Denoised denoised -> tasks.add(RowKernels::denoised, tasks.floats(denoised.x()),
                    tasks.floats(denoised.output()), tasks.floats(denoised.variance()),
                    tasks.floats(denoised.denoised()), denoised.rows(), denoised.x().columns(),
                    TaskList.stride(denoised.variance()), (float) denoised.dataDeviation(),
                    square(denoised.dataDeviation()));
            case ScoreOp.LogDeviation deviation -> tasks.add(RowKernels::logDeviation,
                    tasks.floats(deviation.variance()), tasks.floats(deviation.logDeviation()), deviation.rows());
        }
    }

    static void lower(LossOp op, TaskList tasks) {
        switch (op) {
            case LossOp.SquaredError error -> tasks.add(RowKernels::squaredError, tasks.floats(error.prediction()),
                    tasks.floats(error.target()), tasks.floats(error.variance()), tasks.floats(error.rowLoss()),
                    error.rows(), error.prediction().columns(), TaskList.stride(error.variance()),
                    kind(error.weight()), squareOf(error.weight()));
            case LossOp.Mean mean -> sum(mean.values(), mean.mean(), mean.values().shape().size(), 0, tasks);
        }
    }

    static int kind(LossWeight weight) {
        return switch (weight) {
            case LossWeight.Unit _ -> RowKernels.UNIT;
            case LossWeight.Variance _ -> RowKernels.VARIANCE;
            case LossWeight.Denoiser _ -> RowKernels.DENOISER;
        };
    }

    static float squareOf(LossWeight weight) {
        return weight instanceof LossWeight.Denoiser denoiser ? square(denoiser.dataDeviation()) : 1f;
    }

    /** Appends the sum of values, or of their squares, over a divisor. */
    static void sum(Buffer values, Buffer sum, int divisor, int squared, TaskList tasks) {
        int size = values.shape().size();
        int chunks = Math.min(256, (size + LONGEST_PART - 1) / LONGEST_PART);
        DoubleArray partials = tasks.arrays().temporaryDoubles(chunks);
        tasks.operations(2.0 * size).add(ReductionKernels::partialSums, tasks.floats(values), partials, size, chunks,
                (size + chunks - 1) / chunks, squared);
        tasks.add(ReductionKernels::addUp, partials, tasks.floats(sum), chunks, divisor);
    }
}
