package dev.idem.program;

import static dev.idem.program.OperandChecks.alike;
import static dev.idem.program.OperandChecks.apart;
import static dev.idem.program.OperandChecks.column;
import static dev.idem.program.ProgramVerifier.require;

/** The items and columns that ops between particles and pairs demand of their operands. */
final class PairChecks {

    private PairChecks() {}

    static void check(PairOp op) {
        switch (op) {
            case PairOp.Geometry geometry -> {
                edges(geometry.squares(), geometry.pairs());
                edges(geometry.directions(), geometry.pairs());
                positions(geometry.x(), geometry.pairs().particles(), geometry.directions().columns());
                require(geometry.squares().columns() == (geometry.origin() == null ? 1 : 2),
                        geometry.squares() + " must have a column for x and one for the origin, if there is one");
                if (geometry.origin() != null) {
                    alike(geometry.x(), geometry.origin());
                }
            }
            case PairOp.RadialFunctions radial -> {
                sameItems(radial.squares(), radial.functions());
                column(radial.variance());
                functions(radial.squares(), radial.functions(), radial.basis());
            }
            case PairOp.SquaredNorms norms -> {
                column(norms.squares());
                divided(norms.x(), norms.squares().items());
            }
            case PairOp.EdgeInput input -> {
                nodes(input.receivers(), input.pairs());
                nodes(input.senders(), input.pairs());
                edges(input.edges(), input.pairs());
                edges(input.output(), input.pairs());
                alike(input.receivers(), input.senders());
                alike(input.receivers(), input.edges());
                alike(input.receivers(), input.output());
                if (input.gain() != null) {
                    alike(input.gain(), input.output());
                    undivided(input.gain());
                }
            }
            case PairOp.NodeSum sum -> {
                edges(sum.messages(), sum.pairs());
                nodes(sum.sums(), sum.pairs());
                alike(sum.messages(), sum.sums());
            }
            case PairOp.CoordinateUpdate update -> {
                edges(update.directions(), update.pairs());
                edges(update.weights(), update.pairs());
                column(update.weights());
                positions(update.moved(), update.pairs().particles(), update.directions().columns());
                require(update.bound() >= 0, "bound must be >= 0, got " + update.bound());
                if (update.x() != null) {
                    alike(update.x(), update.moved());
                    apart(update.x(), update.moved());
                }
            }
            case PairOp.Spread spread -> {
                alike(spread.row(), spread.nodes());
                undivided(spread.row());
            }
            case PairOp.Displacement displacement -> {
                alike(displacement.x(), displacement.displacement());
                divided(displacement.x(), displacement.particles());
                if (displacement.origin() != null) {
                    alike(displacement.x(), displacement.origin());
                }
            }
            case PairOp.VectorDot dot -> {
                alike(dot.features(), dot.vector());
                column(dot.dots());
                undivided(dot.vector());
                sameItems(dot.features(), dot.dots());
            }
            case PairOp.PositionTerm term -> {
                alike(term.x(), term.addend());
                alike(term.x(), term.output());
                column(term.coefficients());
                column(term.variance());
                divided(term.x(), term.coefficients().items());
            }
        }
    }

    static void check(PairGradientOp op) {
        switch (op) {
            case PairGradientOp.Geometry geometry -> {
                edges(geometry.squaresGradient(), geometry.pairs());
                edges(geometry.directionsGradient(), geometry.pairs());
                positions(geometry.x(), geometry.pairs().particles(), geometry.directionsGradient().columns());
                alike(geometry.x(), geometry.xGradient());
            }
            case PairGradientOp.RadialFunctions radial -> {
                alike(radial.functionsGradient(), radial.functions());
                alike(radial.squares(), radial.squaresGradient());
                sameItems(radial.squares(), radial.functions());
                sameItems(radial.squares(), radial.functionsGradient());
                column(radial.variance());
                functions(radial.squares(), radial.functions(), radial.basis());
            }
            case PairGradientOp.EdgeInput input -> {
                edges(input.outputGradient(), input.pairs());
                nodes(input.receiversGradient(), input.pairs());
                nodes(input.sendersGradient(), input.pairs());
                alike(input.outputGradient(), input.receiversGradient());
                alike(input.outputGradient(), input.sendersGradient());
            }
            case PairGradientOp.EdgeGain gain -> {
                alike(gain.outputGradient(), gain.edges());
                alike(gain.outputGradient(), gain.edgesGradient());
                alike(gain.outputGradient(), gain.gain());
                alike(gain.outputGradient(), gain.gainGradient());
                sameItems(gain.outputGradient(), gain.edges());
                sameItems(gain.outputGradient(), gain.edgesGradient());
                undivided(gain.gain());
                undivided(gain.gainGradient());
            }
            case PairGradientOp.NodeSum sum -> {
                nodes(sum.sumsGradient(), sum.pairs());
                edges(sum.messagesGradient(), sum.pairs());
                alike(sum.sumsGradient(), sum.messagesGradient());
            }
            case PairGradientOp.CoordinateUpdate update -> {
                edges(update.directions(), update.pairs());
                edges(update.weights(), update.pairs());
                edges(update.directionsGradient(), update.pairs());
                edges(update.weightsGradient(), update.pairs());
                alike(update.directions(), update.directionsGradient());
                column(update.weights());
                column(update.weightsGradient());
                positions(update.movedGradient(), update.pairs().particles(), update.directions().columns());
            }
            case PairGradientOp.Spread spread -> {
                alike(spread.nodesGradient(), spread.rowGradient());
                undivided(spread.rowGradient());
            }
            case PairGradientOp.VectorDot dot -> {
                column(dot.dotsGradient());
                alike(dot.features(), dot.vector());
                alike(dot.features(), dot.featuresGradient());
                alike(dot.features(), dot.vectorGradient());
                sameItems(dot.dotsGradient(), dot.features());
                sameItems(dot.dotsGradient(), dot.featuresGradient());
                undivided(dot.vector());
                undivided(dot.vectorGradient());
            }
            case PairGradientOp.PositionTerm term -> {
                alike(term.outputGradient(), term.x());
                column(term.coefficientsGradient());
                column(term.variance());
                divided(term.x(), term.coefficientsGradient().items());
            }
        }
    }

    private static void edges(Buffer buffer, Pairs pairs) {
        require(buffer.items() == pairs.count(), buffer + " must have " + pairs.count() + " edges in a sample");
    }

    private static void nodes(Buffer buffer, Pairs pairs) {
        require(buffer.items() == pairs.particles(),
                buffer + " must have " + pairs.particles() + " particles in a sample");
    }

    private static void positions(Buffer buffer, int particles, int axes) {
        undivided(buffer);
        require(buffer.columns() == particles * axes,
                buffer + " must have " + axes + " columns for each of " + particles + " particles");
    }

    private static void divided(Buffer buffer, int particles) {
        undivided(buffer);
        require(buffer.columns() % particles == 0,
                buffer + " must have equally many columns for each of " + particles + " particles");
    }

    private static void undivided(Buffer buffer) {
        require(buffer.items() == 1, buffer + " must have one row for a sample");
    }

    private static void sameItems(Buffer first, Buffer second) {
        require(first.items() == second.items(), first + " and " + second + " must have equally many items");
    }

    private static void functions(Buffer squares, Buffer functions, RadialBasis basis) {
        require(functions.columns() == squares.columns() * basis.size(),
                functions + " must have " + basis.size() + " columns for each of " + squares);
    }
}
