package dev.idem.eval;

/**
 * A plan of whole units of mass between the rows and the columns of a cost matrix, with the dual values that prove it
 * optimal.
 *
 * @param row [arc], row of each arc with flow
 * @param column [arc], column of each arc
 * @param units [arc], flow, at least 1
 * @param dual [row, then column]: cost + dual(row) − dual(column) ≥ 0 for all pairs, 0 where there is flow
 * @param pivots number of simplex steps taken
 */
record TransportPlan(int[] row, int[] column, int[] units, double[] dual, long pivots) {

    /** Returns Σ units · cost, added in the order of the arcs. */
    double totalCost(CostRows costs) {
        double sum = 0;
        for (int arc = 0; arc < row.length; arc++) {
            sum += units[arc] * costs.at(row[arc], column[arc]);
        }
        return sum;
    }

    /** Returns the total number of units. */
    long totalUnits() {
        long sum = 0;
        for (int flow : units) {
            sum += flow;
        }
        return sum;
    }
}
