package dev.idem.tornado;

import dev.idem.program.PairGradientOp;
import dev.idem.tornado.kernel.PairGradientKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Lowers the vector-Jacobian products of the ops between particles and pairs. */
final class PairGradientLowering {

    private PairGradientLowering() {}

    static void lower(PairGradientOp op, TaskList tasks) {
        switch (op) {
            case PairGradientOp.Geometry geometry -> geometry(geometry, tasks);
            case PairGradientOp.RadialFunctions radial -> tasks.operations(8.0 * radial.functions().shape().size())
                    .add(PairGradientKernels::radial, tasks.floats(radial.functionsGradient()),
                            tasks.floats(radial.functions()), tasks.floats(radial.squares()),
                            tasks.floats(radial.variance()), PairTables.basis(radial.basis(), tasks),
                            tasks.floats(radial.squaresGradient()), radial.squares().rows(),
                            radial.squares().items(), radial.squares().columns(), radial.basis().size(),
                            radial.basis().fixed().size(), TaskList.stride(radial.variance()),
                            ScoreLowering.square(radial.basis().dataDeviation()));
            case PairGradientOp.EdgeInput input -> edgeInput(input, tasks);
            case PairGradientOp.EdgeGain gain -> {
                FloatArray gradient = tasks.floats(gain.outputGradient());
                int items = gain.outputGradient().items();
                int features = gain.gain().columns();
                tasks.add(PairGradientKernels::gainOfEdges, gradient, tasks.floats(gain.gain()),
                        tasks.floats(gain.edgesGradient()), gain.outputGradient().rows(), items, features,
                        TaskList.stride(gain.gain()));
                tasks.add(PairGradientKernels::sumProducts, gradient, tasks.floats(gain.edges()),
                        tasks.floats(gain.gainGradient()), gain.outputGradient().samples(), items, features,
                        features);
            }
            case PairGradientOp.NodeSum sum -> {
                PairTables tables = new PairTables(sum.pairs(), tasks);
                tasks.add(PairGradientKernels::nodeSum, tasks.floats(sum.sumsGradient()), tables.receivers(),
                        tables.senders(), tasks.floats(sum.messagesGradient()), sum.sumsGradient().samples(),
                        sum.pairs().count(), sum.pairs().particles(), sum.sumsGradient().columns(),
                        (float) sum.factor(), sum.pairs().ordered() ? 0 : 1, sum.accumulate() ? 1 : 0);
            }
            case PairGradientOp.CoordinateUpdate update -> {
                PairTables tables = new PairTables(update.pairs(), tasks);
                tasks.add(PairGradientKernels::coordinateUpdate, tasks.floats(update.movedGradient()),
                        tasks.floats(update.directions()), tasks.floats(update.weights()), tables.receivers(),
                        tables.senders(), tasks.floats(update.directionsGradient()),
                        tasks.floats(update.weightsGradient()), update.weights().samples(), update.pairs().count(),
                        update.pairs().particles(), update.directions().columns(), (float) update.bound(),
                        update.pairs().ordered() ? 0 : 1);
            }
            case PairGradientOp.Spread spread -> tasks.add(PairGradientKernels::sumItems,
                    tasks.floats(spread.nodesGradient()), tasks.floats(spread.rowGradient()),
                    spread.nodesGradient().samples(), spread.nodesGradient().items(),
                    spread.nodesGradient().columns());
            case PairGradientOp.VectorDot dot -> vectorDot(dot, tasks);
            case PairGradientOp.PositionTerm term -> {
                int particles = term.coefficientsGradient().items();
                tasks.add(PairGradientKernels::positionTerm, tasks.floats(term.outputGradient()),
                        tasks.floats(term.x()), tasks.floats(term.variance()),
                        tasks.floats(term.coefficientsGradient()), term.x().samples(), particles,
                        term.x().columns() / particles, TaskList.stride(term.variance()),
                        ScoreLowering.square(term.dataDeviation()));
            }
        }
    }

    private static void geometry(PairGradientOp.Geometry op, TaskList tasks) {
        PairTables tables = new PairTables(op.pairs(), tasks);
        int samples = op.x().samples();
        int edges = op.pairs().count();
        int axes = op.directionsGradient().columns();
        FloatArray change = tasks.arrays().temporaryFloats(samples * edges * axes);
        tasks.add(PairGradientKernels::geometryOfEdges, tasks.floats(op.squaresGradient()),
                tasks.floats(op.directionsGradient()), tasks.floats(op.x()), tables.receivers(), tables.senders(),
                change, samples, edges, op.pairs().particles(), axes, op.squaresGradient().columns());
        tasks.add(PairGradientKernels::gatherEdges, change, tables.received(), tables.sent(),
                tasks.floats(op.xGradient()), samples, edges, op.pairs().particles(), axes, 1f, -1f,
                op.accumulate() ? 1 : 0);
    }

    /** The two gradients may be one buffer; then both parts are gathered at once. */
    private static void edgeInput(PairGradientOp.EdgeInput op, TaskList tasks) {
        PairTables tables = new PairTables(op.pairs(), tasks);
        FloatArray gradient = tasks.floats(op.outputGradient());
        IntArray received = tables.received();
        IntArray sent = tables.sent();
        int samples = op.outputGradient().samples();
        int features = op.outputGradient().columns();
        boolean one = op.receiversGradient().equals(op.sendersGradient());
        tasks.add(PairGradientKernels::gatherEdges, gradient, received, sent, tasks.floats(op.receiversGradient()),
                samples, op.pairs().count(), op.pairs().particles(), features, 1f, one ? 1f : 0f, 0);
        if (!one) {
            tasks.add(PairGradientKernels::gatherEdges, gradient, received, sent, tasks.floats(op.sendersGradient()),
                    samples, op.pairs().count(), op.pairs().particles(), features, 0f, 1f, 0);
        }
    }

    private static void vectorDot(PairGradientOp.VectorDot op, TaskList tasks) {
        FloatArray dots = tasks.floats(op.dotsGradient());
        int items = op.features().items();
        int features = op.features().columns();
        tasks.add(PairGradientKernels::vectorDot, dots, tasks.floats(op.vector()), tasks.floats(op.featuresGradient()),
                op.features().rows(), items, features, TaskList.stride(op.vector()), op.accumulate() ? 1 : 0);
        tasks.add(PairGradientKernels::sumProducts, dots, tasks.floats(op.features()),
                tasks.floats(op.vectorGradient()), op.features().samples(), items, features, 1);
    }
}
