package dev.idem.reference;

import dev.idem.program.Buffer;
import dev.idem.program.PairOp;
import dev.idem.program.Pairs;
import dev.idem.program.RadialBasis;
import java.util.Arrays;

/** The definition of the ops between particles and pairs. */
final class ReferencePairs {

    private ReferencePairs() {}

    /** Something to be done with an edge of a sample. */
    interface Edge {
        /** Row is the edge's; receiver and sender are particles of the sample. */
        void visit(int sample, int row, int receiver, int sender);
    }

    static void forEach(int samples, Pairs pairs, Edge edge) {
        int[] receivers = pairs.receivers();
        int[] senders = pairs.senders();
        for (int sample = 0; sample < samples; sample++) {
            for (int e = 0; e < pairs.count(); e++) {
                edge.visit(sample, sample * pairs.count() + e, receivers[e], senders[e]);
            }
        }
    }

    static void run(PairOp op, ReferenceSession session) {
        switch (op) {
            case PairOp.Geometry geometry -> geometry(geometry, session);
            case PairOp.RadialFunctions radial -> radialFunctions(radial, session);
            case PairOp.SquaredNorms norms -> {
                int axes = norms.x().columns() / norms.squares().items();
                for (int row = 0; row < norms.rows(); row++) {
                    int sample = row / norms.squares().items();
                    double square = 0;
                    for (int axis = 0; axis < axes; axis++) {
                        double x = session.get(norms.x(), sample, row % norms.squares().items() * axes + axis);
                        square += x * x;
                    }
                    session.set(norms.squares(), row, 0, square);
                }
            }
            case PairOp.EdgeInput input -> forEach(input.output().samples(), input.pairs(), (sample, row, i, j) -> {
                int node = sample * input.pairs().particles();
                Buffer gain = input.gain();
                for (int k = 0; k < input.output().columns(); k++) {
                    session.set(input.output(), row, k, session.get(input.receivers(), node + i, k)
                            + session.get(input.senders(), node + j, k) + session.get(input.edges(), row, k)
                                    * (1 + (gain == null ? 0 : session.get(gain, sample, k))));
                }
            });
            case PairOp.NodeSum sum -> {
                Arrays.fill(session.doubles(sum.sums()), 0);
                forEach(sum.sums().samples(), sum.pairs(), (sample, row, i, j) -> {
                    int node = sample * sum.pairs().particles();
                    for (int k = 0; k < sum.sums().columns(); k++) {
                        double message = sum.factor() * session.get(sum.messages(), row, k);
                        session.add(sum.sums(), node + i, k, message);
                        session.add(sum.sums(), node + j, k, sum.pairs().ordered() ? 0 : message);
                    }
                });
            }
            case PairOp.CoordinateUpdate update -> coordinateUpdate(update, session);
            case PairOp.Spread spread -> {
                for (int row = 0; row < spread.rows(); row++) {
                    for (int k = 0; k < spread.nodes().columns(); k++) {
                        session.set(spread.nodes(), row, k,
                                session.get(spread.row(), row / spread.nodes().items(), k));
                    }
                }
            }
            case PairOp.Displacement displacement -> displacement(displacement, session);
            case PairOp.VectorDot dot -> {
                for (int row = 0; row < dot.rows(); row++) {
                    double sum = 0;
                    for (int k = 0; k < dot.features().columns(); k++) {
                        sum += session.get(dot.features(), row, k)
                                * session.get(dot.vector(), row / dot.dots().items(), k);
                    }
                    session.set(dot.dots(), row, 0, sum);
                }
            }
            case PairOp.PositionTerm term -> {
                int particles = term.coefficients().items();
                int axes = term.x().columns() / particles;
                for (int sample = 0; sample < term.rows(); sample++) {
                    double factor = inputFactor(term.dataDeviation(), session.get(term.variance(), sample, 0));
                    for (int k = 0; k < term.x().columns(); k++) {
                        session.set(term.output(), sample, k, session.get(term.addend(), sample, k)
                                + factor * session.get(term.x(), sample, k)
                                        * session.get(term.coefficients(), sample * particles + k / axes, 0));
                    }
                }
            }
        }
    }

    static double inputFactor(double dataDeviation, double variance) {
        return 1 / Math.sqrt(dataDeviation * dataDeviation + variance);
    }

    static double distance(double square) {
        return Math.sqrt(square + PairOp.SOFTENING);
    }

    /** Returns δ along an axis. */
    static double difference(ReferenceSession session, Buffer x, int sample, int i, int j, int axes, int axis) {
        return session.get(x, sample, i * axes + axis) - session.get(x, sample, j * axes + axis);
    }

    static double square(ReferenceSession session, Buffer x, int sample, int i, int j, int axes) {
        double square = 0;
        for (int axis = 0; axis < axes; axis++) {
            double difference = difference(session, x, sample, i, j, axes, axis);
            square += difference * difference;
        }
        return square;
    }

    private static void geometry(PairOp.Geometry op, ReferenceSession session) {
        int axes = op.directions().columns();
        forEach(op.squares().samples(), op.pairs(), (sample, row, i, j) -> {
            double square = square(session, op.x(), sample, i, j, axes);
            session.set(op.squares(), row, 0, square);
            Buffer origin = op.origin();
            if (origin != null) {
                session.set(op.squares(), row, 1, square(session, origin, sample, i, j, axes));
            }
            for (int axis = 0; axis < axes; axis++) {
                session.set(op.directions(), row, axis,
                        difference(session, op.x(), sample, i, j, axes, axis) / (distance(square) + 1));
            }
        });
    }

    private static void radialFunctions(PairOp.RadialFunctions op, ReferenceSession session) {
        RadialBasis basis = op.basis();
        for (int row = 0; row < op.rows(); row++) {
            double variance = session.get(op.variance(), row / op.squares().items(), 0);
            for (int column = 0; column < op.squares().columns(); column++) {
                double distance = distance(session.get(op.squares(), row, column));
                for (int b = 0; b < basis.size(); b++) {
                    RadialBasis.Function function = basis.function(b);
                    double t = (basis.scale(b, variance) * distance - function.centre()) / function.width();
                    session.set(op.functions(), row, column * basis.size() + b, Math.exp(-t * t));
                }
            }
        }
    }

    private static void coordinateUpdate(PairOp.CoordinateUpdate op, ReferenceSession session) {
        int axes = op.directions().columns();
        Buffer x = op.x();
        for (int sample = 0; sample < op.moved().samples(); sample++) {
            for (int k = 0; k < op.moved().columns(); k++) {
                session.set(op.moved(), sample, k, x == null ? 0 : session.get(x, sample, k));
            }
        }
        forEach(op.moved().samples(), op.pairs(), (sample, row, i, j) -> {
            double weight = session.get(op.weights(), row, 0);
            double c = op.bound() == 0 ? weight : op.bound() * Math.tanh(weight);
            for (int axis = 0; axis < axes; axis++) {
                double step = c * session.get(op.directions(), row, axis);
                session.add(op.moved(), sample, i * axes + axis, step);
                session.add(op.moved(), sample, j * axes + axis, op.pairs().ordered() ? 0 : -step);
            }
        });
    }

    private static void displacement(PairOp.Displacement op, ReferenceSession session) {
        int axes = op.x().columns() / op.particles();
        Buffer origin = op.origin();
        for (int sample = 0; sample < op.rows(); sample++) {
            for (int axis = 0; axis < axes; axis++) {
                double mean = 0;
                for (int k = axis; k < op.x().columns(); k += axes) {
                    double moved = session.get(op.x(), sample, k)
                            - (origin == null ? 0 : session.get(origin, sample, k));
                    session.set(op.displacement(), sample, k, moved);
                    mean += moved / op.particles();
                }
                for (int k = axis; k < op.x().columns(); k += axes) {
                    session.add(op.displacement(), sample, k, -mean);
                }
            }
        }
    }
}
