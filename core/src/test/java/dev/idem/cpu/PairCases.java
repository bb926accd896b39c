package dev.idem.cpu;

import dev.idem.program.Buffer;
import dev.idem.program.Op;
import dev.idem.program.PairGradientOp;
import dev.idem.program.PairOp;
import dev.idem.program.Pairs;
import dev.idem.program.RadialBasis;
import dev.idem.program.Role;
import java.util.ArrayList;
import java.util.List;

/** Instances of every op between particles and pairs, with so many samples and features. */
final class PairCases {

    private static final int PARTICLES = 5;
    private static final int AXES = 3;
    private static final RadialBasis BASIS = new RadialBasis(
            List.of(new RadialBasis.Function(0, 0.5), new RadialBasis.Function(1, 0.3),
                    new RadialBasis.Function(2, 0.9)),
            List.of(new RadialBasis.Function(0.5, 0.7), new RadialBasis.Function(1.5, 0.7)), 0.6);

    private final int samples;
    private final int columns;
    private Pairs pairs = new Pairs(PARTICLES, true);

    PairCases(int samples, int columns) {
        this.samples = samples;
        this.columns = columns;
    }

    private Buffer sample(String name) {
        return Buffer.floats(name, samples, columns, Role.STATE);
    }

    private Buffer variance() {
        return Buffer.floats("positiveH", samples, 1, Role.STATE);
    }

    private Buffer positions(String name) {
        return Buffer.floats(name, samples, PARTICLES * AXES, Role.STATE);
    }

    private Buffer nodes(String name, int features) {
        return Buffer.floats(name, samples, PARTICLES, features, Role.STATE);
    }

    /** An edge buffer; its name must not be that of a buffer of the other kind of pairs. */
    private Buffer edges(String name, int features) {
        return Buffer.floats(name, samples, pairs.count(), features, Role.STATE);
    }

    List<Op> all() {
        List<Op> ops = new ArrayList<>();
        for (boolean ordered : new boolean[] {true, false}) {
            pairs = new Pairs(PARTICLES, ordered);
            ops.addAll(forward(ordered ? 3 : 0));
            ops.addAll(gradients(ordered ? 3 : 0));
        }
        return ops;
    }

    private List<Op> forward(double bound) {
        Buffer one = Buffer.floats("one", 1, columns, Role.STATE);
        return List.of(new PairOp.Geometry(positions("x"), null, edges("q", 1), edges("u", AXES), pairs),
                new PairOp.Geometry(positions("x"), positions("y"), edges("q", 2), edges("u", AXES), pairs),
                new PairOp.RadialFunctions(edges("positiveQ", 2), variance(), edges("f", 2 * BASIS.size()), BASIS),
                new PairOp.SquaredNorms(positions("x"), nodes("q", 1)),
                new PairOp.EdgeInput(nodes("p", columns), nodes("s", columns), edges("e", columns), null,
                        edges("z", columns), pairs),
                new PairOp.EdgeInput(nodes("p", columns), nodes("p", columns), edges("e", columns), sample("g"),
                        edges("z", columns), pairs),
                new PairOp.EdgeInput(nodes("p", columns), nodes("p", columns), edges("e", columns), one,
                        edges("z", columns), pairs),
                new PairOp.NodeSum(edges("m", columns), nodes("s", columns), 0.7, pairs),
                new PairOp.CoordinateUpdate(positions("x"), edges("u", AXES), edges("c", 1), positions("y"), pairs,
                        bound),
                new PairOp.CoordinateUpdate(null, edges("u", AXES), edges("c", 1), positions("y"), pairs, bound),
                new PairOp.Spread(sample("g"), nodes("s", columns)), new PairOp.Spread(one, nodes("s", columns)),
                new PairOp.Displacement(positions("x"), null, positions("y"), PARTICLES),
                new PairOp.Displacement(positions("x"), positions("z"), positions("y"), PARTICLES),
                new PairOp.VectorDot(edges("m", columns), sample("g"), edges("c", 1)),
                new PairOp.VectorDot(edges("m", columns), one, edges("c", 1)),
                new PairOp.PositionTerm(positions("x"), nodes("c", 1), variance(), positions("z"), positions("y"),
                        0.6));
    }

    private List<Op> gradients(double bound) {
        List<Op> ops = new ArrayList<>();
        for (boolean accumulate : new boolean[] {true, false}) {
            ops.add(new PairGradientOp.Geometry(edges("dq", 2), edges("du", AXES), positions("x"), positions("y"),
                    pairs, accumulate));
            ops.add(new PairGradientOp.NodeSum(nodes("ds", columns), edges("m", columns), 0.7, pairs, accumulate));
            ops.add(new PairGradientOp.VectorDot(edges("d", 1), edges("m", columns), sample("g"),
                    edges("dm", columns), sample("dg"), accumulate));
        }
        ops.add(new PairGradientOp.RadialFunctions(edges("df", 2 * BASIS.size()), edges("f", 2 * BASIS.size()),
                edges("positiveQ", 2), variance(), edges("dq", 2), BASIS));
        ops.add(new PairGradientOp.EdgeInput(edges("dz", columns), nodes("dp", columns), nodes("ds", columns), pairs));
        ops.add(new PairGradientOp.EdgeInput(edges("dz", columns), nodes("dp", columns), nodes("dp", columns), pairs));
        ops.add(new PairGradientOp.EdgeGain(edges("dz", columns), edges("e", columns), sample("g"),
                edges("de", columns), sample("dg")));
        ops.add(new PairGradientOp.CoordinateUpdate(positions("dx"), edges("u", AXES), edges("c", 1),
                edges("du", AXES), edges("dc", 1), pairs, bound));
        ops.add(new PairGradientOp.Spread(nodes("ds", columns), sample("dg")));
        ops.add(new PairGradientOp.PositionTerm(positions("dx"), positions("x"), variance(), nodes("dc", 1), 0.6));
        return ops;
    }
}
