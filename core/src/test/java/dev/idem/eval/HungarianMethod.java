package dev.idem.eval;

/** Least costs by {@link SmallAssignment}: another algorithm than that of {@link Assignment}, as an oracle. */
final class HungarianMethod {

    private HungarianMethod() {}

    /** Returns the least sum of costs; cost is [row][column], size · size. */
    static double leastCost(double[] cost, int size) {
        int[] column = new int[size];
        new SmallAssignment(size).solve(cost, column);
        double sum = 0;
        for (int row = 0; row < size; row++) {
            sum += cost[row * size + column[row]];
        }
        return sum;
    }
}
