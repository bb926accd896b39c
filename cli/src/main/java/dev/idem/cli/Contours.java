package dev.idem.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of equal height of a function on a grid, by marching squares.
 *
 * <p>Each cell of the grid is cut where the function, taken as linear along the cell's edges, crosses the level. A
 * saddle is cut as if its middle had the mean of the corners.
 */
final class Contours {

    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();

    /**
     * Cuts a grid at a level.
     *
     * @param xs coordinates of the columns, rising
     * @param ys coordinates of the rows, rising
     * @param heights [row][column]; a cell with a corner that is not finite is left out
     */
    Contours(double[] xs, double[] ys, double[][] heights, double level) {
        for (int row = 0; row + 1 < ys.length; row++) {
            for (int column = 0; column + 1 < xs.length; column++) {
                double[] corners = {heights[row][column] - level, heights[row][column + 1] - level,
                        heights[row + 1][column + 1] - level, heights[row + 1][column] - level};
                cut(corners, new double[] {xs[column], xs[column + 1], xs[column + 1], xs[column]},
                        new double[] {ys[row], ys[row], ys[row + 1], ys[row + 1]});
            }
        }
    }

    /** Corners go round the cell; edge k leads from corner k to the next. */
    private void cut(double[] corners, double[] cornerX, double[] cornerY) {
        double sum = 0;
        List<double[]> crossings = new ArrayList<>();
        for (int edge = 0; edge < corners.length; edge++) {
            int next = (edge + 1) % corners.length;
            sum += corners[edge];
            if (corners[edge] > 0 != corners[next] > 0) {
                double share = corners[edge] / (corners[edge] - corners[next]);
                crossings.add(new double[] {cornerX[edge] + share * (cornerX[next] - cornerX[edge]),
                        cornerY[edge] + share * (cornerY[next] - cornerY[edge])});
            }
        }
        if (!Double.isFinite(sum)) {
            return;
        }
        if (crossings.size() == corners.length) {
            // The line keeps the corners together that the middle agrees with.
            int first = corners[0] > 0 == sum > 0 ? 0 : 1;
            segment(crossings.get(first), crossings.get((first + 1) % corners.length));
            segment(crossings.get((first + 2) % corners.length), crossings.get((first + 3) % corners.length));
        } else if (crossings.size() == 2) {
            segment(crossings.get(0), crossings.get(1));
        }
    }

    private void segment(double[] from, double[] to) {
        x.addAll(List.of(from[0], to[0], to[0]));
        y.addAll(List.of(from[1], to[1], Double.NaN));
    }

    /** Returns the horizontal coordinates of pairs of points, each pair followed by one that is to be left out. */
    double[] x() {
        return x.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the vertical coordinates; NaN for a point that is to be left out. */
    double[] y() {
        return y.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
