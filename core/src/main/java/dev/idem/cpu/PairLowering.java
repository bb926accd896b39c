package dev.idem.cpu;

import dev.idem.cpu.kernel.EdgeKernel;
import dev.idem.cpu.kernel.PairGeometryKernel;
import dev.idem.cpu.kernel.ParticleKernel;
import dev.idem.cpu.kernel.RadialKernel;
import dev.idem.cpu.kernel.VectorDotKernel;
import dev.idem.program.Buffer;
import dev.idem.program.PairOp;
import dev.idem.program.Pairs;
import dev.idem.program.RadialBasis;

/** Lowers the ops between particles and pairs. */
final class PairLowering {

    private PairLowering() {}

    static Kernel lower(PairOp op, Operands operands) {
        return switch (op) {
            case PairOp.Geometry geometry -> geometry(geometry, operands);
            case PairOp.RadialFunctions radial -> radialFunctions(radial, operands);
            case PairOp.SquaredNorms norms -> squaredNorms(norms, operands);
            case PairOp.EdgeInput input -> edgeInput(input, operands);
            case PairOp.NodeSum sum -> nodeSum(sum, operands);
            case PairOp.CoordinateUpdate update -> coordinateUpdate(update, operands);
            case PairOp.Spread spread -> spread(spread, operands);
            case PairOp.Displacement displacement -> displacement(displacement, operands);
            case PairOp.VectorDot dot -> vectorDot(dot, operands);
            case PairOp.PositionTerm term -> positionTerm(term, operands);
        };
    }

    static EdgeKernel edges(Pairs pairs) {
        return new EdgeKernel(pairs.particles(), pairs.receivers(), pairs.senders());
    }

    static PairGeometryKernel geometry(Pairs pairs, int axes) {
        return new PairGeometryKernel(pairs.particles(), axes, pairs.ordered(), pairs.receivers(), pairs.senders());
    }

    /** Returns the kernels of the fixed and of the scaled functions. */
    static RadialKernel[] radial(RadialBasis basis) {
        RadialKernel[] kernels = new RadialKernel[2];
        int fixed = basis.fixed().size();
        int[] bounds = {0, fixed, basis.size()};
        for (int part = 0; part < kernels.length; part++) {
            float[] centres = new float[bounds[part + 1] - bounds[part]];
            float[] inverseWidths = new float[centres.length];
            for (int b = 0; b < centres.length; b++) {
                RadialBasis.Function function = basis.function(bounds[part] + b);
                centres[b] = (float) function.centre();
                inverseWidths[b] = (float) (1 / function.width());
            }
            kernels[part] = new RadialKernel(centres, inverseWidths);
        }
        return kernels;
    }

    private static Kernel geometry(PairOp.Geometry op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand squares = operands.rows(op.squares());
        Operand directions = operands.rows(op.directions());
        Buffer originBuffer = op.origin();
        Operand origin = originBuffer == null ? null : operands.rows(originBuffer);
        int squareColumns = op.squares().columns();
        PairGeometryKernel kernel = geometry(op.pairs(), op.directions().columns());
        int edges = op.pairs().count();
        return (worker, from, to) -> {
            int sample = from / edges;
            int first = from - sample * edges;
            kernel.directions(x.array(worker), x.at(worker, sample), squares.array(worker), squares.at(worker, from),
                    squareColumns, directions.array(worker), directions.at(worker, from), first, to - from);
            if (origin != null) {
                kernel.squares(origin.array(worker), origin.at(worker, sample), squares.array(worker),
                        squares.at(worker, from) + 1, squareColumns, first, to - from);
            }
        };
    }

    private static Kernel radialFunctions(PairOp.RadialFunctions op, Operands operands) {
        Operand squares = operands.rows(op.squares());
        Operand variance = operands.rows(op.variance());
        Operand functions = operands.rows(op.functions());
        RadialKernel[] kernels = radial(op.basis());
        int distances = op.squares().columns();
        return SampleRows.each(op.squares().items(), (worker, sample, from, to) -> {
            float scale = (float) op.basis().scale(op.basis().fixed().size(),
                    variance.array(worker)[variance.at(worker, sample)]);
            float[] in = squares.array(worker);
            int source = squares.at(worker, from);
            float[] out = functions.array(worker);
            int target = functions.at(worker, from);
            for (int i = 0; i < (to - from) * distances; i++) {
                float distance = PairGeometryKernel.distance(in[source + i]);
                kernels[0].functions(distance, out, target);
                kernels[1].functions(distance * scale, out, target + kernels[0].count());
                target += op.basis().size();
            }
        });
    }

    private static Kernel squaredNorms(PairOp.SquaredNorms op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand squares = operands.rows(op.squares());
        int particles = op.squares().items();
        int axes = op.x().columns() / particles;
        return SampleRows.each(particles, (worker, sample, from, to) -> {
            float[] positions = x.array(worker);
            int at = x.at(worker, sample) + (from - sample * particles) * axes;
            for (int row = from; row < to; row++) {
                float square = 0f;
                for (int axis = 0; axis < axes; axis++) {
                    square = Math.fma(positions[at + axis], positions[at + axis], square);
                }
                squares.array(worker)[squares.at(worker, row)] = square;
                at += axes;
            }
        });
    }

    private static Kernel edgeInput(PairOp.EdgeInput op, Operands operands) {
        Operand receivers = operands.rows(op.receivers());
        Operand senders = operands.rows(op.senders());
        Operand edges = operands.rows(op.edges());
        Operand output = operands.rows(op.output());
        EdgeKernel kernel = edges(op.pairs());
        int particles = op.pairs().particles();
        int columns = op.output().columns();
        Buffer gainBuffer = op.gain();
        Operand gain = gainBuffer == null ? null : operands.rows(gainBuffer);
        return (worker, from, to) -> {
            int sample = from / kernel.edges();
            int node = sample * particles;
            int first = from - sample * kernel.edges();
            if (gain == null) {
                kernel.input(receivers.array(worker), receivers.at(worker, node), senders.array(worker),
                        senders.at(worker, node), edges.array(worker), edges.at(worker, from), output.array(worker),
                        output.at(worker, from), first, to - from, columns);
            } else {
                kernel.modulatedInput(receivers.array(worker), receivers.at(worker, node), senders.array(worker),
                        senders.at(worker, node), edges.array(worker), edges.at(worker, from), gain.array(worker),
                        gain.at(worker, sample), gain.rowStride(), output.array(worker), output.at(worker, from),
                        first, to - from, columns);
            }
        };
    }

    private static Kernel nodeSum(PairOp.NodeSum op, Operands operands) {
        Operand messages = operands.rows(op.messages());
        Operand sums = operands.rows(op.sums());
        EdgeKernel kernel = edges(op.pairs());
        int particles = op.pairs().particles();
        boolean both = !op.pairs().ordered();
        int columns = op.sums().columns();
        float factor = (float) op.factor();
        return (worker, from, to) -> {
            int sample = from / kernel.edges();
            kernel.sum(messages.array(worker), messages.at(worker, from), factor, both, sums.array(worker),
                    sums.at(worker, sample * particles), from - sample * kernel.edges(), to - from, columns);
        };
    }

    private static Kernel coordinateUpdate(PairOp.CoordinateUpdate op, Operands operands) {
        Operand directions = operands.rows(op.directions());
        Operand weights = operands.rows(op.weights());
        Operand moved = operands.rows(op.moved());
        Buffer xBuffer = op.x();
        Operand x = xBuffer == null ? null : operands.rows(xBuffer);
        PairGeometryKernel kernel = geometry(op.pairs(), op.directions().columns());
        int edges = op.pairs().count();
        float bound = (float) op.bound();
        return (worker, from, to) -> {
            int sample = from / edges;
            kernel.move(x == null ? null : x.array(worker), x == null ? 0 : x.at(worker, sample),
                    directions.array(worker), directions.at(worker, from), weights.array(worker),
                    weights.at(worker, from), bound, moved.array(worker), moved.at(worker, sample),
                    from - sample * edges, to - from);
        };
    }

    private static Kernel spread(PairOp.Spread op, Operands operands) {
        Operand row = operands.rows(op.row());
        Operand nodes = operands.rows(op.nodes());
        int columns = op.nodes().columns();
        return SampleRows.each(op.nodes().items(), (worker, sample, from, to) -> {
            for (int node = from; node < to; node++) {
                System.arraycopy(row.array(worker), row.at(worker, sample), nodes.array(worker),
                        nodes.at(worker, node), columns);
            }
        });
    }

    private static Kernel displacement(PairOp.Displacement op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand displacement = operands.rows(op.displacement());
        Buffer originBuffer = op.origin();
        Operand origin = originBuffer == null ? null : operands.rows(originBuffer);
        int particles = op.particles();
        int axes = op.x().columns() / particles;
        return (worker, from, to) -> {
            for (int sample = from; sample < to; sample++) {
                float[] positions = x.array(worker);
                int at = x.at(worker, sample);
                float[] origins = origin == null ? positions : origin.array(worker);
                int originAt = origin == null ? at : origin.at(worker, sample);
                float[] out = displacement.array(worker);
                int target = displacement.at(worker, sample);
                for (int k = 0; k < particles * axes; k++) {
                    out[target + k] = origin == null ? positions[at + k] : positions[at + k] - origins[originAt + k];
                }
                ParticleKernel.removeMean(out, target, particles, axes);
            }
        };
    }

    private static Kernel vectorDot(PairOp.VectorDot op, Operands operands) {
        Operand features = operands.rows(op.features());
        Operand vector = operands.rows(op.vector());
        Operand dots = operands.rows(op.dots());
        int columns = op.features().columns();
        return SampleRows.each(op.dots().items(),
                (worker, sample, from, to) -> VectorDotKernel.forward(features.array(worker),
                        features.at(worker, from), vector.array(worker), vector.at(worker, sample),
                        dots.array(worker), dots.at(worker, from), worker.scratch().lanes(), to - from, columns));
    }

    /** Returns 1/√(s² + h). */
    static float inputFactor(double dataDeviation, double variance) {
        return (float) (1 / Math.sqrt(dataDeviation * dataDeviation + variance));
    }

    private static Kernel positionTerm(PairOp.PositionTerm op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand coefficients = operands.rows(op.coefficients());
        Operand variance = operands.rows(op.variance());
        Operand addend = operands.rows(op.addend());
        Operand output = operands.rows(op.output());
        int particles = op.coefficients().items();
        int axes = op.x().columns() / particles;
        return (worker, from, to) -> {
            for (int sample = from; sample < to; sample++) {
                float factor = inputFactor(op.dataDeviation(), variance.array(worker)[variance.at(worker, sample)]);
                int at = x.at(worker, sample);
                int source = addend.at(worker, sample);
                int target = output.at(worker, sample);
                for (int k = 0; k < particles * axes; k++) {
                    int particle = sample * particles + k / axes;
                    float coefficient = coefficients.array(worker)[coefficients.at(worker, particle)];
                    output.array(worker)[target + k] = Math.fma(factor * x.array(worker)[at + k], coefficient,
                            addend.array(worker)[source + k]);
                }
            }
        };
    }
}
