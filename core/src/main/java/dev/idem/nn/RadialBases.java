package dev.idem.nn;

import dev.idem.program.RadialBasis;
import java.util.ArrayList;
import java.util.List;

/** Sets of radial functions for clusters whose nearest neighbours are at distance about one. */
public final class RadialBases {

    private static final double SCALED_WIDTH = 1 / 1.4;

    private RadialBases() {}

    /**
     * Returns 35 functions of the distance of two particles, dense where the Lennard-Jones potential bends, and 8 of the scaled distance.
     * The width of a fixed one is the larger gap to a neighbour.
     */
    public static RadialBasis pairs(double dataDeviation) {
        List<Double> centres = new ArrayList<>(List.of(0.0, 0.25, 0.5));
        add(centres, 0.7, 0.05, 15);
        add(centres, 1.5, 0.125, 9);
        add(centres, 2.75, 0.3125, 5);
        centres.addAll(List.of(4.6, 5.3, 6.0));
        return new RadialBasis(byGaps(centres), scaled(8, 5), dataDeviation);
    }

    /** Returns 6 functions of the distance of a particle from the centre, and 6 of the scaled distance. */
    public static RadialBasis nodes(double dataDeviation) {
        List<Double> centres = new ArrayList<>();
        add(centres, 0, 0.5, 6);
        return new RadialBasis(byGaps(centres), scaled(6, 5), dataDeviation);
    }

    private static void add(List<Double> centres, double first, double step, int count) {
        for (int i = 0; i < count; i++) {
            centres.add(first + i * step);
        }
    }

    private static List<RadialBasis.Function> byGaps(List<Double> centres) {
        List<RadialBasis.Function> functions = new ArrayList<>();
        for (int i = 0; i < centres.size(); i++) {
            double left = i == 0 ? 0 : centres.get(i) - centres.get(i - 1);
            double right = i == centres.size() - 1 ? 0 : centres.get(i + 1) - centres.get(i);
            functions.add(new RadialBasis.Function(centres.get(i), Math.max(left, right)));
        }
        return functions;
    }

    private static List<RadialBasis.Function> scaled(int count, double last) {
        List<RadialBasis.Function> functions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            functions.add(new RadialBasis.Function(last * i / (count - 1), SCALED_WIDTH));
        }
        return functions;
    }
}
