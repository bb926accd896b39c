package dev.idem.tornado;

import dev.idem.energy.ParticleEnergy;
import dev.idem.program.TargetOp;
import dev.idem.tornado.kernel.GuideKernels;
import dev.idem.tornado.kernel.GuidedKernels;
import dev.idem.tornado.kernel.PoolKernels;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Lowers the score from guided copies: the search for the modes, then the copies. */
final class GuidedLowering {

    /** Guess of the copies of a row for the cost model: their numbers lie in a buffer. */
    private static final int TYPICAL_COPIES = 40;

    private GuidedLowering() {}

    static void lower(TargetOp.GuidedScore op, TaskList tasks) {
        ParticleEnergy energy = op.energy();
        int rows = op.rows();
        int size = energy.dimension();
        int kind = EnergyLowering.kind(energy);
        int stride = TaskList.stride(op.variance());
        List<Double> constants = EnergyLowering.constants(energy);
        Arrays arrays = tasks.arrays();
        FloatArray variance = tasks.floats(op.variance());
        IntArray copies = tasks.ints(op.copies());
        DoubleArray vectors = arrays.temporaryDoubles(rows * GuideKernels.VECTORS * size);
        DoubleArray matrices = arrays.temporaryDoubles(rows * GuideKernels.MATRICES * size * size);
        DoubleArray control = arrays.temporaryDoubles(rows * GuideKernels.CONTROLS);
        FloatArray centre = arrays.temporaryFloats(rows * size);
        FloatArray offset = arrays.temporaryFloats(rows * size);
        FloatArray guide = arrays.temporaryFloats(rows * size * size);
        FloatArray groups = TargetLowering.groups(rows, size, tasks);
        FloatArray target = tasks.floats(op.targetScore());
        FloatArray denoising = tasks.floats(op.denoisingScore());
        FloatArray effective = tasks.floats(op.effectiveSamples());

        tasks.add(GuideKernels::begin, tasks.floats(op.clean()), tasks.floats(op.x()), copies, vectors, control, rows,
                energy.particles(), energy.axes());
        double pairs = EnergyLowering.operations(energy);
        tasks.operations(rows * (op.newtonSteps() + 1.0) * (2 * energy.axes() * pairs + (size / 3.0 + 2) * size * size))
                .add(GuideKernels::search, arrays.doubleTable(constants), variance, vectors, matrices, control, rows,
                        energy.particles(), energy.axes(), kind, stride, op.newtonSteps());
        tasks.add(GuideKernels::narrow, vectors, matrices, centre, offset, guide, rows, size);
        tasks.operations((double) rows * TYPICAL_COPIES * (pairs + (size + 30.0) * size)).add(GuidedKernels::groups,
                tasks.ints(op.counter()), variance, copies, arrays.floatTable(constants), control, centre, offset,
                guide, groups, rows, stride, op.stream(), kind, energy.particles(), size);
        tasks.add(PoolKernels::merge, groups, copies, target, denoising, effective, rows, size, 0, 0);
        tasks.add(GuidedKernels::finish, effective, variance, offset, target, denoising, rows, energy.particles(),
                energy.axes(), stride);
    }
}
