package dev.idem.cpu;

import dev.idem.cpu.kernel.BalanceKernel;
import dev.idem.cpu.kernel.CopyEnergyKernel;
import dev.idem.cpu.kernel.MixtureConstants;
import dev.idem.cpu.kernel.NormalKernel;
import dev.idem.cpu.kernel.PoolScratch;
import dev.idem.cpu.kernel.PooledScoreKernel;
import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.program.Counter;
import dev.idem.program.TargetOp;
import java.util.Arrays;

/** Lowers the score target whose rows share their copies. */
final class PoolLowering {

    private PoolLowering() {}

    /** Evaluates points [copy][axis] from an offset; writes energies [copy][2] and forces [copy][axis]. */
    @FunctionalInterface
    private interface Evaluation {
        void run(float[] points, int pointsOffset, int count, float[] energy, int energyOffset, float[] force,
                int forceOffset, PoolScratch scratch);
    }

    static Kernel lower(TargetOp.DrawCopies op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        int[] firstCopy = operands.ints(op.firstCopy());
        float[] x = operands.floats(op.x());
        float[] variance = operands.floats(op.variance());
        Operand points = operands.rows(op.points());
        Operand energy = operands.rows(op.energy());
        Operand force = operands.rows(op.force());
        int dimension = op.x().columns();
        Evaluation evaluation = evaluation(op);
        return (worker, from, to) -> {
            int count = to - from;
            float[] normals = worker.scratch().normals(count * dimension);
            NormalKernel.normals(counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], op.stream(),
                    counter[Counter.STEP], counter[Counter.FIRST_ROW] + from, count, dimension, normals, 0,
                    worker.scratch().noise());
            float[] out = points.array(worker);
            int at = points.at(worker, from);
            place(x, variance, firstCopy, dimension, normals, from, to, out, at);
            evaluation.run(out, at, count, energy.array(worker), energy.at(worker, from), force.array(worker),
                    force.at(worker, from), worker.scratch().pool(dimension));
        };
    }

    private static Evaluation evaluation(TargetOp.DrawCopies op) {
        return switch (op.target()) {
            case GaussianMixture mixture -> {
                MixtureConstants constants = MixtureConstants.of(mixture);
                yield (points, pointsOffset, count, energy, energyOffset, force, forceOffset,
                        scratch) -> CopyEnergyKernel.run(constants, points, pointsOffset, count, energy, energyOffset,
                                force, forceOffset, scratch);
            }
            case AnalyticEnergy other ->
                throw new IllegalArgumentException(
                        "copies of a batch are pooled for mixtures and users' energies only, not for " + other
                                + ": set estimator.pooling = none");
            case HostEnergy host -> (points, pointsOffset, count, energy, energyOffset, force, forceOffset,
                    scratch) -> CopyEnergyKernel.run(host, points, pointsOffset, count, energy, energyOffset, force,
                            forceOffset, scratch);
        };
    }

    private static void place(float[] x, float[] variance, int[] firstCopy, int dimension, float[] normals, int from,
            int to, float[] points, int at) {
        int found = Arrays.binarySearch(firstCopy, from);
        int row = found >= 0 ? found : -found - 2;
        for (int copy = from; copy < to; copy++) {
            while (firstCopy[row + 1] <= copy) {
                row++;
            }
            float deviation = (float) Math.sqrt(variance[row]);
            int element = (copy - from) * dimension;
            for (int axis = 0; axis < dimension; axis++) {
                points[at + element + axis] = Math.fma(deviation, normals[element + axis], x[row * dimension + axis]);
            }
        }
    }

    static Kernel lower(TargetOp.BalanceCopies op, Operands operands) {
        int[] firstCopy = operands.ints(op.firstCopy());
        float[] x = operands.floats(op.x());
        float[] variance = operands.floats(op.variance());
        Operand points = operands.rows(op.points());
        Operand energy = operands.rows(op.energy());
        Operand logWeight = operands.rows(op.logWeight());
        int rows = op.x().rows();
        int dimension = op.x().columns();
        return (worker, from, to) -> {
            PoolScratch scratch = worker.scratch().pool(dimension);
            BalanceKernel.load(variance, firstCopy, rows, scratch);
            BalanceKernel.run(x, rows, points.array(worker), points.at(worker, from), to - from,
                    energy.array(worker), energy.at(worker, from), logWeight.array(worker),
                    logWeight.at(worker, from), scratch);
        };
    }

    static Kernel lower(TargetOp.PooledScore op, Operands operands) {
        float[] points = operands.floats(op.points());
        float[] logWeight = operands.floats(op.logWeight());
        float[] force = operands.floats(op.force());
        Operand x = operands.rows(op.x());
        Operand variance = operands.rows(op.variance());
        Operand target = operands.rows(op.targetScore());
        Operand denoising = operands.rows(op.denoisingScore());
        Operand effective = operands.rows(op.effectiveSamples());
        int copies = op.points().rows();
        int dimension = op.x().columns();
        return (worker, from, to) -> {
            PoolScratch scratch = worker.scratch().pool(dimension);
            PooledScoreKernel.load(points, logWeight, force, copies, scratch);
            for (int row = from; row < to; row++) {
                PooledScoreKernel.run(x.array(worker), x.at(worker, row),
                        variance.array(worker)[variance.at(worker, row)], op.biasCorrection(), target.array(worker),
                        target.at(worker, row), denoising.array(worker), denoising.at(worker, row),
                        effective.array(worker), effective.at(worker, row), scratch);
            }
        };
    }
}
