package dev.idem.tornado;

import dev.idem.program.Buffer;
import dev.idem.program.PairOp;
import dev.idem.tornado.kernel.PairKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Lowers the ops between particles and pairs. */
final class PairLowering {

    private PairLowering() {}

    static void lower(PairOp op, TaskList tasks) {
        switch (op) {
            case PairOp.Geometry geometry -> geometry(geometry, tasks);
            case PairOp.RadialFunctions radial -> tasks.operations(6.0 * radial.functions().shape().size()).add(
                    PairKernels::radial, tasks.floats(radial.squares()), tasks.floats(radial.variance()),
                    PairTables.basis(radial.basis(), tasks), tasks.floats(radial.functions()),
                    radial.squares().rows(), radial.squares().items(), radial.squares().columns(),
                    radial.basis().size(), radial.basis().fixed().size(), TaskList.stride(radial.variance()),
                    ScoreLowering.square(radial.basis().dataDeviation()));
            case PairOp.SquaredNorms norms -> tasks.add(PairKernels::squaredNorms, tasks.floats(norms.x()),
                    tasks.floats(norms.squares()), norms.squares().rows(),
                    norms.x().columns() / norms.squares().items());
            case PairOp.EdgeInput input -> edgeInput(input, tasks);
            case PairOp.NodeSum sum -> tasks.operations(2.0 * sum.messages().shape().size()).add(PairKernels::nodeSum,
                    tasks.floats(sum.messages()), new PairTables(sum.pairs(), tasks).joining(),
                    tasks.floats(sum.sums()), sum.sums().samples(), sum.pairs().count(), sum.pairs().particles(),
                    sum.sums().columns(), (float) sum.factor());
            case PairOp.CoordinateUpdate update -> coordinateUpdate(update, tasks);
            case PairOp.Spread spread -> tasks.add(PairKernels::spread, tasks.floats(spread.row()),
                    tasks.floats(spread.nodes()), spread.nodes().rows(), spread.nodes().items(),
                    spread.nodes().columns(), TaskList.stride(spread.row()));
            case PairOp.Displacement displacement -> displacement(displacement, tasks);
            case PairOp.VectorDot dot -> tasks.operations(2.0 * dot.features().shape().size()).add(
                    PairKernels::vectorDot, tasks.floats(dot.features()), tasks.floats(dot.vector()),
                    tasks.floats(dot.dots()), dot.features().rows(), dot.features().items(),
                    dot.features().columns(), TaskList.stride(dot.vector()));
            case PairOp.PositionTerm term -> {
                int particles = term.coefficients().items();
                tasks.add(PairKernels::positionTerm, tasks.floats(term.x()), tasks.floats(term.coefficients()),
                        tasks.floats(term.variance()), tasks.floats(term.addend()), tasks.floats(term.output()),
                        term.x().samples(), particles, term.x().columns() / particles,
                        TaskList.stride(term.variance()), ScoreLowering.square(term.dataDeviation()));
            }
        }
    }

    private static void geometry(PairOp.Geometry op, TaskList tasks) {
        PairTables tables = new PairTables(op.pairs(), tasks);
        int axes = op.directions().columns();
        int particles = op.pairs().particles();
        tasks.add(PairKernels::geometry, tasks.floats(op.x()), tables.receivers(), tables.senders(),
                tasks.floats(op.squares()), tasks.floats(op.directions()), op.squares().samples(), op.pairs().count(),
                particles, axes, op.squares().columns());
        Buffer origin = op.origin();
        if (origin != null) {
            tasks.add(PairKernels::originSquares, tasks.floats(origin), tables.receivers(), tables.senders(),
                    tasks.floats(op.squares()), op.squares().samples(), op.pairs().count(), particles, axes);
        }
    }

    private static void edgeInput(PairOp.EdgeInput op, TaskList tasks) {
        PairTables tables = new PairTables(op.pairs(), tasks);
        Buffer gain = op.gain();
        FloatArray edges = tasks.floats(op.edges());
        tasks.add(PairKernels::edgeInput, tasks.floats(op.receivers()), tasks.floats(op.senders()), edges,
                gain == null ? edges : tasks.floats(gain), tables.receivers(), tables.senders(),
                tasks.floats(op.output()), op.output().samples(), op.pairs().count(), op.pairs().particles(),
                op.output().columns(), gain == null ? -1 : TaskList.stride(gain));
    }

    private static void coordinateUpdate(PairOp.CoordinateUpdate op, TaskList tasks) {
        Buffer x = op.x();
        FloatArray directions = tasks.floats(op.directions());
        tasks.add(PairKernels::coordinateUpdate, x == null ? directions : tasks.floats(x), directions,
                tasks.floats(op.weights()), new PairTables(op.pairs(), tasks).joining(), tasks.floats(op.moved()),
                op.moved().samples(), op.pairs().count(), op.pairs().particles(), op.directions().columns(),
                x == null ? -1 : TaskList.stride(x), (float) op.bound(), op.pairs().ordered() ? 1 : 0);
    }

    private static void displacement(PairOp.Displacement op, TaskList tasks) {
        FloatArray moved = TargetLowering.copied(op.x(), op.displacement(), tasks);
        Buffer origin = op.origin();
        if (origin != null) {
            tasks.add(PairKernels::subtract, tasks.floats(origin), moved, op.displacement().shape().size());
        }
        tasks.add(PairKernels::centre, moved, op.displacement().samples(), op.particles(),
                op.x().columns() / op.particles());
    }
}
