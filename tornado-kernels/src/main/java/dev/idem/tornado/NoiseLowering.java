package dev.idem.tornado;

import dev.idem.program.Buffer;
import dev.idem.program.NoiseBins;
import dev.idem.program.NoiseOp;
import dev.idem.schedule.NoiseSchedule;
import dev.idem.tornado.kernel.NoiseKernels;
import dev.idem.tornado.kernel.ReductionKernels;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Lowers noise levels, noised points and the replay. */
final class NoiseLowering {

    private NoiseLowering() {}

    static void lower(NoiseOp op, TaskList tasks) {
        switch (op) {
            case NoiseOp.Times times -> tasks.add(NoiseKernels::times, tasks.ints(times.counter()),
                    tasks.floats(times.time()), times.rows(), times.stratified() ? 1 : 0, times.stream());
            case NoiseOp.Variances variances -> variances(variances, tasks);
            case NoiseOp.Gaussian gaussian -> gaussian(gaussian.counter(), gaussian.x(),
                    (float) gaussian.standardDeviation(), gaussian.stream(), tasks);
            case NoiseOp.Perturb perturb -> {
                int columns = perturb.noised().columns();
                tasks.add(NoiseKernels::perturb, tasks.ints(perturb.counter()), tasks.floats(perturb.x()),
                        tasks.floats(perturb.variance()), tasks.floats(perturb.noised()), perturb.rows(), columns,
                        Lowering.blocks(columns), TaskList.stride(perturb.x()), TaskList.stride(perturb.variance()),
                        perturb.stream());
            }
            case NoiseOp.GatherReplay gather -> tasks.add(NoiseKernels::gather, tasks.ints(gather.counter()),
                    tasks.floats(gather.replay()), tasks.ints(gather.cursor()), tasks.floats(gather.x()),
                    gather.rows(), gather.x().columns(), gather.stream());
            case NoiseOp.AppendReplay append -> {
                int rows = append.x().rows();
                int capacity = append.replay().rows();
                tasks.add(NoiseKernels::append, tasks.floats(append.x()), tasks.floats(append.replay()),
                        tasks.ints(append.cursor()), rows, append.x().columns(), capacity,
                        Math.max(0, rows - capacity));
                tasks.add(NoiseKernels::moveCursor, tasks.ints(append.cursor()), rows, capacity);
            }
        }
    }

    private static void gaussian(Buffer counter, Buffer x, float deviation, int stream, TaskList tasks) {
        tasks.add(NoiseKernels::gaussian, tasks.ints(counter), tasks.floats(x), x.rows(), x.columns(),
                Lowering.blocks(x.columns()), deviation, stream, 0);
    }

    private static void variances(NoiseOp.Variances op, TaskList tasks) {
        switch (op.schedule()) {
            case NoiseSchedule.Geometric geometric -> exponential(op, geometric.sigmaMin(), geometric.sigmaMax(), 1f,
                    tasks);
            case NoiseSchedule.LogUniform uniform -> exponential(op, uniform.sigmaMin(), uniform.sigmaMax(), 0f,
                    tasks);
            case NoiseSchedule.Power power -> tasks.add(NoiseKernels::powerVariances, tasks.floats(op.time()),
                    tasks.floats(op.variance()), op.rows(), (float) power.beta(), (float) power.exponent());
        }
    }

    private static void exponential(NoiseOp.Variances op, double smallest, double largest, float offset,
            TaskList tasks) {
        tasks.add(NoiseKernels::exponentialVariances, tasks.floats(op.time()), tasks.floats(op.variance()), op.rows(),
                (float) (smallest * smallest), (float) (2 * StrictMath.log(largest / smallest)), offset);
    }

    /** Appends the noise bins of rows and returns the array that has them. */
    static IntArray bins(Buffer variance, int rows, NoiseBins bins, TaskList tasks) {
        IntArray bin = tasks.arrays().temporaryInts(rows);
        double factor = 0.5 * bins.count() / StrictMath.log(bins.sigmaMax() / bins.sigmaMin());
        tasks.add(ReductionKernels::bins, tasks.floats(variance), bin, rows, TaskList.stride(variance),
                (float) (bins.sigmaMin() * bins.sigmaMin()), (float) factor, bins.count());
        return bin;
    }
}
