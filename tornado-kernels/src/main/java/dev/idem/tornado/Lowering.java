package dev.idem.tornado;

import dev.idem.program.Buffer;
import dev.idem.program.CounterOp;
import dev.idem.program.EnergyOp;
import dev.idem.program.GradientOp;
import dev.idem.program.LossOp;
import dev.idem.program.MetricOp;
import dev.idem.program.NetworkOp;
import dev.idem.program.NoiseOp;
import dev.idem.program.Op;
import dev.idem.program.OptimiserOp;
import dev.idem.program.PairGradientOp;
import dev.idem.program.PairOp;
import dev.idem.program.Program;
import dev.idem.program.ReplayOp;
import dev.idem.program.SamplerOp;
import dev.idem.program.ScoreOp;
import dev.idem.program.TargetOp;
import dev.idem.tornado.kernel.NoiseKernels;
import dev.idem.tornado.kernel.ReductionKernels;
import dev.idem.tornado.kernel.SamplerKernels;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns a program into tasks, op by op. Needs no device. */
final class Lowering {

    private static final int WORDS = 4;

    private Lowering() {}

    /**
     * Returns a program's tasks. Gradients of parameters are set to zero first.
     *
     * @throws IllegalArgumentException if an op cannot run on a device, or there are too many tasks
     */
    static List<Task> tasks(Program program, Arrays arrays) {
        TaskList tasks = new TaskList(arrays, program.name());
        for (Buffer gradient : zeroed(program)) {
            tasks.add(ReductionKernels::fill, tasks.floats(gradient), gradient.shape().size(), 0f);
        }
        int place = 0;
        for (Op op : program.ops()) {
            tasks.begin(op, place++);
            lower(op, tasks);
            arrays.release();
        }
        return tasks.tasks();
    }

    /** Returns the gradients of parameters: each layer adds its part to them. */
    static Set<Buffer> zeroed(Program program) {
        Set<Buffer> gradients = new LinkedHashSet<>();
        for (Op op : program.ops()) {
            if (op instanceof GradientOp) {
                gradients.addAll(op.summedWrites());
            }
        }
        return gradients;
    }

    private static void lower(Op op, TaskList tasks) {
        switch (op) {
            case CounterOp counter -> lower(counter, tasks);
            case NoiseOp noise -> NoiseLowering.lower(noise, tasks);
            case ReplayOp replay -> ReplayLowering.lower(replay, tasks);
            case EnergyOp energy -> EnergyLowering.lower(energy, tasks);
            case TargetOp target -> TargetLowering.lower(target, tasks);
            case ScoreOp score -> ScoreLowering.lower(score, tasks);
            case NetworkOp network -> NetworkLowering.lower(network, tasks);
            case GradientOp gradient -> GradientLowering.lower(gradient, tasks);
            case PairOp pair -> PairLowering.lower(pair, tasks);
            case PairGradientOp pair -> PairGradientLowering.lower(pair, tasks);
            case LossOp loss -> ScoreLowering.lower(loss, tasks);
            case OptimiserOp optimiser -> OptimiserLowering.lower(optimiser, tasks);
            case SamplerOp sampler -> lower(sampler, tasks);
            case MetricOp metric -> lower(metric, tasks);
        }
    }

    /** Returns the number of Philox calls that a row of so many elements takes. */
    static int blocks(int columns) {
        return (columns + WORDS - 1) / WORDS;
    }

    private static void lower(CounterOp op, TaskList tasks) {
        switch (op) {
            case CounterOp.Advance advance -> tasks.add(NoiseKernels::count, tasks.ints(advance.counter()),
                    advance.word(), 1, advance.amount());
            case CounterOp.Assign assign -> tasks.add(NoiseKernels::count, tasks.ints(assign.counter()), assign.word(),
                    0, assign.value());
        }
    }

    private static void lower(SamplerOp op, TaskList tasks) {
        switch (op) {
            case SamplerOp.Level level -> tasks.add(SamplerKernels::level, tasks.ints(level.counter()),
                    tasks.floats(level.table()), tasks.floats(level.time()), tasks.floats(level.variance()));
            case SamplerOp.Step step -> tasks.add(SamplerKernels::integrate, tasks.ints(step.counter()),
                    tasks.floats(step.table()), tasks.floats(step.score()), tasks.floats(step.x()),
                    tasks.floats(step.remembered()), step.rows(), step.x().columns(), blocks(step.x().columns()),
                    TaskList.stride(step.score()), step.stream());
        }
    }

    private static void lower(MetricOp op, TaskList tasks) {
        switch (op) {
            case MetricOp.SumByNoise sum -> {
                int rows = sum.rows();
                tasks.add(ReductionKernels::sumByBin, tasks.floats(sum.values()),
                        NoiseLowering.bins(sum.variance(), rows, sum.bins(), tasks), tasks.floats(sum.sums()), rows,
                        sum.bins().count());
            }
            case MetricOp.Accumulate accumulate -> tasks.add(ReductionKernels::add, tasks.floats(accumulate.values()),
                    tasks.floats(accumulate.totals()), accumulate.totals().shape().size(), 1f);
            case MetricOp.Reset reset -> tasks.add(ReductionKernels::fill, tasks.floats(reset.totals()),
                    reset.totals().shape().size(), 0f);
        }
    }
}
