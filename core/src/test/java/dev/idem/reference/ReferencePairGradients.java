package dev.idem.reference;

import static dev.idem.reference.ReferencePairs.difference;
import static dev.idem.reference.ReferencePairs.distance;
import static dev.idem.reference.ReferencePairs.forEach;
import static dev.idem.reference.ReferencePairs.inputFactor;

import dev.idem.program.PairGradientOp;
import dev.idem.program.RadialBasis;
import java.util.Arrays;

/** The vector-Jacobian products of the ops between particles and pairs. */
final class ReferencePairGradients {

    private ReferencePairGradients() {}

    static void run(PairGradientOp op, ReferenceSession session) {
        switch (op) {
            case PairGradientOp.Geometry geometry -> geometry(geometry, session);
            case PairGradientOp.RadialFunctions radial -> radialFunctions(radial, session);
            case PairGradientOp.EdgeInput input -> {
                Arrays.fill(session.doubles(input.receiversGradient()), 0);
                Arrays.fill(session.doubles(input.sendersGradient()), 0);
                forEach(input.outputGradient().samples(), input.pairs(), (sample, row, i, j) -> {
                    int node = sample * input.pairs().particles();
                    for (int k = 0; k < input.outputGradient().columns(); k++) {
                        double dz = session.get(input.outputGradient(), row, k);
                        session.add(input.receiversGradient(), node + i, k, dz);
                        session.add(input.sendersGradient(), node + j, k, dz);
                    }
                });
            }
            case PairGradientOp.EdgeGain gain -> {
                Arrays.fill(session.doubles(gain.gainGradient()), 0);
                for (int row = 0; row < gain.rows(); row++) {
                    int sample = row / gain.outputGradient().items();
                    for (int k = 0; k < gain.gain().columns(); k++) {
                        double dz = session.get(gain.outputGradient(), row, k);
                        session.set(gain.edgesGradient(), row, k, dz * (1 + session.get(gain.gain(), sample, k)));
                        session.add(gain.gainGradient(), sample, k, dz * session.get(gain.edges(), row, k));
                    }
                }
            }
            case PairGradientOp.NodeSum sum -> forEach(sum.sumsGradient().samples(), sum.pairs(),
                    (sample, row, i, j) -> {
                        int node = sample * sum.pairs().particles();
                        for (int k = 0; k < sum.sumsGradient().columns(); k++) {
                            double ds = session.get(sum.sumsGradient(), node + i, k);
                            ds += sum.pairs().ordered() ? 0 : session.get(sum.sumsGradient(), node + j, k);
                            double old = sum.accumulate() ? session.get(sum.messagesGradient(), row, k) : 0;
                            session.set(sum.messagesGradient(), row, k, old + sum.factor() * ds);
                        }
                    });
            case PairGradientOp.CoordinateUpdate update -> coordinateUpdate(update, session);
            case PairGradientOp.Spread spread -> {
                Arrays.fill(session.doubles(spread.rowGradient()), 0);
                for (int row = 0; row < spread.rows(); row++) {
                    for (int k = 0; k < spread.rowGradient().columns(); k++) {
                        session.add(spread.rowGradient(), row / spread.nodesGradient().items(), k,
                                session.get(spread.nodesGradient(), row, k));
                    }
                }
            }
            case PairGradientOp.VectorDot dot -> {
                Arrays.fill(session.doubles(dot.vectorGradient()), 0);
                for (int row = 0; row < dot.rows(); row++) {
                    int sample = row / dot.dotsGradient().items();
                    double d = session.get(dot.dotsGradient(), row, 0);
                    for (int k = 0; k < dot.features().columns(); k++) {
                        double old = dot.accumulate() ? session.get(dot.featuresGradient(), row, k) : 0;
                        session.set(dot.featuresGradient(), row, k, old + d * session.get(dot.vector(), sample, k));
                        session.add(dot.vectorGradient(), sample, k, d * session.get(dot.features(), row, k));
                    }
                }
            }
            case PairGradientOp.PositionTerm term -> {
                int particles = term.coefficientsGradient().items();
                int axes = term.x().columns() / particles;
                for (int row = 0; row < term.rows(); row++) {
                    int sample = row / particles;
                    double factor = inputFactor(term.dataDeviation(), session.get(term.variance(), sample, 0));
                    double along = 0;
                    for (int axis = 0; axis < axes; axis++) {
                        int column = row % particles * axes + axis;
                        along += session.get(term.outputGradient(), sample, column)
                                * session.get(term.x(), sample, column);
                    }
                    session.set(term.coefficientsGradient(), row, 0, factor * along);
                }
            }
        }
    }

    private static void geometry(PairGradientOp.Geometry op, ReferenceSession session) {
        int axes = op.directionsGradient().columns();
        if (!op.accumulate()) {
            Arrays.fill(session.doubles(op.xGradient()), 0);
        }
        forEach(op.x().samples(), op.pairs(), (sample, row, i, j) -> {
            double distance = distance(ReferencePairs.square(session, op.x(), sample, i, j, axes));
            double along = 0;
            for (int axis = 0; axis < axes; axis++) {
                along += difference(session, op.x(), sample, i, j, axes, axis)
                        * session.get(op.directionsGradient(), row, axis);
            }
            double dq = session.get(op.squaresGradient(), row, 0)
                    - along / (2 * distance * (distance + 1) * (distance + 1));
            for (int axis = 0; axis < axes; axis++) {
                double change = session.get(op.directionsGradient(), row, axis) / (distance + 1)
                        + 2 * dq * difference(session, op.x(), sample, i, j, axes, axis);
                session.add(op.xGradient(), sample, i * axes + axis, change);
                session.add(op.xGradient(), sample, j * axes + axis, -change);
            }
        });
    }

    private static void radialFunctions(PairGradientOp.RadialFunctions op, ReferenceSession session) {
        RadialBasis basis = op.basis();
        for (int row = 0; row < op.rows(); row++) {
            double variance = session.get(op.variance(), row / op.squares().items(), 0);
            for (int column = 0; column < op.squares().columns(); column++) {
                double distance = distance(session.get(op.squares(), row, column));
                double slope = 0;
                for (int b = 0; b < basis.size(); b++) {
                    RadialBasis.Function function = basis.function(b);
                    double scale = basis.scale(b, variance);
                    double t = (scale * distance - function.centre()) / function.width();
                    slope += session.get(op.functionsGradient(), row, column * basis.size() + b)
                            * session.get(op.functions(), row, column * basis.size() + b) * -2 * t * scale
                            / function.width();
                }
                session.set(op.squaresGradient(), row, column, slope / (2 * distance));
            }
        }
    }

    private static void coordinateUpdate(PairGradientOp.CoordinateUpdate op, ReferenceSession session) {
        int axes = op.directions().columns();
        forEach(op.weights().samples(), op.pairs(), (sample, row, i, j) -> {
            double weight = session.get(op.weights(), row, 0);
            double tanh = Math.tanh(weight);
            double c = op.bound() == 0 ? weight : op.bound() * tanh;
            double slope = op.bound() == 0 ? 1 : op.bound() * (1 - tanh * tanh);
            double along = 0;
            for (int axis = 0; axis < axes; axis++) {
                double g = session.get(op.movedGradient(), sample, i * axes + axis);
                g -= op.pairs().ordered() ? 0 : session.get(op.movedGradient(), sample, j * axes + axis);
                session.set(op.directionsGradient(), row, axis, g * c);
                along += g * session.get(op.directions(), row, axis);
            }
            session.set(op.weightsGradient(), row, 0, along * slope);
        });
    }
}
