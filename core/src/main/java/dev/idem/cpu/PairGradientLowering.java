package dev.idem.cpu;

import dev.idem.cpu.kernel.EdgeKernel;
import dev.idem.cpu.kernel.ElementwiseKernel;
import dev.idem.cpu.kernel.PairGeometryKernel;
import dev.idem.cpu.kernel.RadialKernel;
import dev.idem.cpu.kernel.VectorDotKernel;
import dev.idem.program.PairGradientOp;
import java.util.Arrays;

/** Lowers the vector-Jacobian products of the ops between particles and pairs. */
final class PairGradientLowering {

    private PairGradientLowering() {}

    static Kernel lower(PairGradientOp op, Operands operands) {
        return switch (op) {
            case PairGradientOp.Geometry geometry -> geometry(geometry, operands);
            case PairGradientOp.RadialFunctions radial -> radialFunctions(radial, operands);
            case PairGradientOp.EdgeInput input -> edgeInput(input, operands);
            case PairGradientOp.EdgeGain gain -> edgeGain(gain, operands);
            case PairGradientOp.NodeSum sum -> nodeSum(sum, operands);
            case PairGradientOp.CoordinateUpdate update -> coordinateUpdate(update, operands);
            case PairGradientOp.Spread spread -> spread(spread, operands);
            case PairGradientOp.VectorDot dot -> vectorDot(dot, operands);
            case PairGradientOp.PositionTerm term -> positionTerm(term, operands);
        };
    }

    private static Kernel geometry(PairGradientOp.Geometry op, Operands operands) {
        Operand squares = operands.rows(op.squaresGradient());
        Operand directions = operands.rows(op.directionsGradient());
        Operand x = operands.rows(op.x());
        Operand xGradient = operands.rows(op.xGradient());
        int squareColumns = op.squaresGradient().columns();
        PairGeometryKernel kernel = PairLowering.geometry(op.pairs(), op.directionsGradient().columns());
        int edges = op.pairs().count();
        boolean accumulate = op.accumulate();
        return (worker, from, to) -> {
            int sample = from / edges;
            kernel.gradient(squares.array(worker), squares.at(worker, from), squareColumns, directions.array(worker),
                    directions.at(worker, from), x.array(worker), x.at(worker, sample), xGradient.array(worker),
                    xGradient.at(worker, sample), accumulate, from - sample * edges, to - from);
        };
    }

    private static Kernel radialFunctions(PairGradientOp.RadialFunctions op, Operands operands) {
        Operand gradient = operands.rows(op.functionsGradient());
        Operand functions = operands.rows(op.functions());
        Operand squares = operands.rows(op.squares());
        Operand variance = operands.rows(op.variance());
        Operand squaresGradient = operands.rows(op.squaresGradient());
        RadialKernel[] kernels = PairLowering.radial(op.basis());
        int distances = op.squares().columns();
        int size = op.basis().size();
        int fixed = kernels[0].count();
        return SampleRows.each(op.squares().items(), (worker, sample, from, to) -> {
            float scale = (float) op.basis().scale(fixed, variance.array(worker)[variance.at(worker, sample)]);
            float[] slopes = worker.scratch().activations(size);
            float[] lanes = worker.scratch().lanes();
            int at = squares.at(worker, from);
            int target = squaresGradient.at(worker, from);
            int g = gradient.at(worker, from);
            int f = functions.at(worker, from);
            for (int i = 0; i < (to - from) * distances; i++) {
                float distance = PairGeometryKernel.distance(squares.array(worker)[at + i]);
                float slope = kernels[0].slope(distance, gradient.array(worker), g, functions.array(worker), f, slopes,
                        lanes);
                float scaled = kernels[1].slope(distance * scale, gradient.array(worker), g + fixed,
                        functions.array(worker), f + fixed, slopes, lanes);
                squaresGradient.array(worker)[target + i] = Math.fma(scale, scaled, slope) / (2f * distance);
                g += size;
                f += size;
            }
        });
    }

    private static Kernel edgeInput(PairGradientOp.EdgeInput op, Operands operands) {
        Operand gradient = operands.rows(op.outputGradient());
        Operand receivers = operands.rows(op.receiversGradient());
        Operand senders = operands.rows(op.sendersGradient());
        EdgeKernel kernel = PairLowering.edges(op.pairs());
        int particles = op.pairs().particles();
        int columns = op.outputGradient().columns();
        return (worker, from, to) -> {
            int sample = from / kernel.edges();
            int node = sample * particles;
            kernel.inputGradient(gradient.array(worker), gradient.at(worker, from), receivers.array(worker),
                    receivers.at(worker, node), senders.array(worker), senders.at(worker, node),
                    from - sample * kernel.edges(), to - from, columns);
        };
    }

    private static Kernel edgeGain(PairGradientOp.EdgeGain op, Operands operands) {
        Operand gradient = operands.rows(op.outputGradient());
        Operand edges = operands.rows(op.edges());
        Operand gain = operands.rows(op.gain());
        Operand edgesGradient = operands.rows(op.edgesGradient());
        Operand gainGradient = operands.rows(op.gainGradient());
        int items = op.outputGradient().items();
        int columns = op.gain().columns();
        return SampleRows.each(items, (worker, sample, from, to) -> {
            float[] dg = gainGradient.array(worker);
            int dgAt = gainGradient.at(worker, sample);
            if (from == sample * items) {
                Arrays.fill(dg, dgAt, dgAt + columns, 0f);
            }
            EdgeKernel.gainGradient(gradient.array(worker), gradient.at(worker, from), edges.array(worker),
                    edges.at(worker, from), gain.array(worker), gain.at(worker, sample), edgesGradient.array(worker),
                    edgesGradient.at(worker, from), dg, dgAt, to - from, columns);
        });
    }

    private static Kernel nodeSum(PairGradientOp.NodeSum op, Operands operands) {
        Operand sums = operands.rows(op.sumsGradient());
        Operand messages = operands.rows(op.messagesGradient());
        EdgeKernel kernel = PairLowering.edges(op.pairs());
        int particles = op.pairs().particles();
        boolean both = !op.pairs().ordered();
        int columns = op.sumsGradient().columns();
        float factor = (float) op.factor();
        boolean accumulate = op.accumulate();
        return (worker, from, to) -> {
            int sample = from / kernel.edges();
            kernel.sumGradient(sums.array(worker), sums.at(worker, sample * particles), factor, both, accumulate,
                    messages.array(worker), messages.at(worker, from), from - sample * kernel.edges(), to - from,
                    columns);
        };
    }

    private static Kernel coordinateUpdate(PairGradientOp.CoordinateUpdate op, Operands operands) {
        Operand moved = operands.rows(op.movedGradient());
        Operand directions = operands.rows(op.directions());
        Operand weights = operands.rows(op.weights());
        Operand directionsGradient = operands.rows(op.directionsGradient());
        Operand weightsGradient = operands.rows(op.weightsGradient());
        PairGeometryKernel kernel = PairLowering.geometry(op.pairs(), op.directions().columns());
        int edges = op.pairs().count();
        float bound = (float) op.bound();
        return (worker, from, to) -> {
            int sample = from / edges;
            kernel.moveGradient(moved.array(worker), moved.at(worker, sample), directions.array(worker),
                    directions.at(worker, from), weights.array(worker), weights.at(worker, from), bound,
                    directionsGradient.array(worker), directionsGradient.at(worker, from),
                    weightsGradient.array(worker), weightsGradient.at(worker, from), from - sample * edges,
                    to - from);
        };
    }

    private static Kernel spread(PairGradientOp.Spread op, Operands operands) {
        Operand nodes = operands.rows(op.nodesGradient());
        Operand row = operands.rows(op.rowGradient());
        int items = op.nodesGradient().items();
        int columns = op.rowGradient().columns();
        return SampleRows.each(items, (worker, sample, from, to) -> {
            float[] sum = row.array(worker);
            int at = row.at(worker, sample);
            if (from == sample * items) {
                Arrays.fill(sum, at, at + columns, 0f);
            }
            for (int node = from; node < to; node++) {
                ElementwiseKernel.add(nodes.array(worker), nodes.at(worker, node), sum, at, columns);
            }
        });
    }

    private static Kernel vectorDot(PairGradientOp.VectorDot op, Operands operands) {
        Operand dots = operands.rows(op.dotsGradient());
        Operand features = operands.rows(op.features());
        Operand vector = operands.rows(op.vector());
        Operand featuresGradient = operands.rows(op.featuresGradient());
        Operand vectorGradient = operands.rows(op.vectorGradient());
        int items = op.dotsGradient().items();
        int columns = op.features().columns();
        boolean accumulate = op.accumulate();
        return SampleRows.each(items, (worker, sample, from, to) -> {
            float[] dv = vectorGradient.array(worker);
            int dvAt = vectorGradient.at(worker, sample);
            if (from == sample * items) {
                Arrays.fill(dv, dvAt, dvAt + columns, 0f);
            }
            VectorDotKernel.gradient(dots.array(worker), dots.at(worker, from), features.array(worker),
                    features.at(worker, from), vector.array(worker), vector.at(worker, sample),
                    featuresGradient.array(worker), featuresGradient.at(worker, from), accumulate, dv, dvAt,
                    to - from, columns);
        });
    }

    private static Kernel positionTerm(PairGradientOp.PositionTerm op, Operands operands) {
        Operand gradient = operands.rows(op.outputGradient());
        Operand x = operands.rows(op.x());
        Operand variance = operands.rows(op.variance());
        Operand coefficients = operands.rows(op.coefficientsGradient());
        int particles = op.coefficientsGradient().items();
        int axes = op.x().columns() / particles;
        return SampleRows.each(particles, (worker, sample, from, to) -> {
            float factor = PairLowering.inputFactor(op.dataDeviation(),
                    variance.array(worker)[variance.at(worker, sample)]);
            int skipped = (from - sample * particles) * axes;
            int at = x.at(worker, sample) + skipped;
            int source = gradient.at(worker, sample) + skipped;
            for (int row = from; row < to; row++) {
                float along = 0f;
                for (int axis = 0; axis < axes; axis++) {
                    along = Math.fma(gradient.array(worker)[source + axis], x.array(worker)[at + axis], along);
                }
                coefficients.array(worker)[coefficients.at(worker, row)] = factor * along;
                at += axes;
                source += axes;
            }
        });
    }
}
