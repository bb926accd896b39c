package dev.idem.eval;

import java.util.Arrays;

/**
 * Exact optimal transport of uniform mass between the rows and the columns of a cost matrix, by the network simplex
 * method.
 *
 * <p>Minimises Σ flow(row, column) · cost(row, column) over whole flows ≥ 0 that leave every row with columns/g units
 * and bring every column rows/g units, g the greatest common divisor of the two sizes. With equal sizes this is the
 * linear assignment problem.
 *
 * <p>Method: a basis is a spanning tree of rows, columns and a root that no flow reaches. It is kept strongly feasible
 * (every tree arc without flow points to the root), which excludes cycling. Pricing takes the row's arc of the most
 * negative reduced cost, row after row. Columns are priced in blocks of {@value #BLOCK}; a block is passed over when
 * its cheapest cost and its greatest dual value show that it has nothing to offer, so rows and columns that lie near
 * each other should have near numbers ({@link JointOrder}). The first basis is the north-west corner rule in the given
 * order.
 *
 * <p>Numerics: costs are rounded to multiples of 2^−38 of a power of two above the greatest one. All sums of the method
 * are then exact in double precision for up to {@value #MAXIMUM_POINTS} points on either side, so it ends, and the plan
 * is optimal for the rounded costs: its mean cost exceeds the true minimum by at most 2^−37 (7e−12) of the greatest
 * cost.
 *
 * <p>Memory: rows · columns / 2 bytes for the blocks' cheapest costs (12.5 MB for 5,000 against 5,000) and some 60
 * bytes a point.
 *
 * <p>Source: the strongly feasible leaving rule is Cunningham's (Mathematical Programming 11, 1976, pages 105–116); the
 * tree update with child lists is the textbook one (Ahuja, Magnanti, Orlin: Network Flows, 1993, chapter 11).
 */
final class TransportSolver {

    /** Most points on either side. */
    static final int MAXIMUM_POINTS = 8192;

    private static final int BLOCK = 16;
    private static final int COST_BITS = 38;
    private static final double GREATEST_COST = 0x1p1000; // leaves room for sums of as many as there are points
    private static final int NONE = -1;

    private final CostRows costs;
    private final int rows;
    private final int columns;
    private final int blocks;
    private final int root; // nodes: rows, then columns, then the root

    private final double[] cheapest; // [row][block], rounded
    private final int[] home; // [row]: block of the row's cheapest cost, priced first because it bounds the others best
    private final double[] highest; // [block]: not below any dual value of the block's columns
    private final double[] cost = new double[BLOCK];
    private final double rounding; // (c + rounding) − rounding rounds c to the grid

    // The tree. An arc belongs to its child; it points up when the child is a row, down when it is a column.
    private final double[] dual; // [node]: cost + dual(row) − dual(column) = 0 on tree arcs
    private final int[] flow; // [node]
    private final int[] parent; // [node]
    private final int[] depth; // [node]
    private final int[] firstChild; // [node]
    private final int[] nextSibling; // [node]
    private final int[] previousSibling; // [node]

    private double bestReducedCost;
    private int bestColumn;
    private long pivots;

    private TransportSolver(CostRows costs) {
        this.costs = costs;
        this.rows = costs.rows();
        this.columns = costs.columns();
        this.blocks = (columns + BLOCK - 1) / BLOCK;
        this.root = rows + columns;
        this.cheapest = new double[rows * blocks];
        this.home = new int[rows];
        this.highest = new double[blocks];
        this.dual = new double[root + 1];
        this.flow = new int[root + 1];
        this.parent = new int[root + 1];
        this.depth = new int[root + 1];
        this.firstChild = new int[root + 1];
        this.nextSibling = new int[root + 1];
        this.previousSibling = new int[root + 1];
        this.rounding = surveyCosts();
    }

    /**
     * Solves one transport problem.
     *
     * @param costs costs, at most {@value #MAXIMUM_POINTS} rows and columns
     * @return an optimal plan; the same costs always give the same plan
     * @throws IllegalArgumentException if a cost is 2^1000 or more, or infinite
     */
    static TransportPlan solve(CostRows costs) {
        TransportSolver solver = new TransportSolver(costs);
        solver.startAtNorthWestCorner();
        solver.iterate();
        return solver.plan();
    }

    /** Finds the cheapest cost of each row and block and the rounding grid. */
    private double surveyCosts() {
        double greatest = 0;
        for (int row = 0; row < rows; row++) {
            double least = Double.POSITIVE_INFINITY;
            for (int block = 0; block < blocks; block++) {
                int from = block * BLOCK;
                int to = Math.min(columns, from + BLOCK);
                costs.fill(row, from, to, cost);
                double minimum = cost[0];
                for (int k = 0; k < to - from; k++) {
                    minimum = Math.min(minimum, cost[k]);
                    greatest = Math.max(greatest, Math.abs(cost[k]));
                }
                cheapest[row * blocks + block] = minimum;
                if (minimum < least) {
                    least = minimum;
                    home[row] = block;
                }
            }
        }
        if (!(greatest < GREATEST_COST)) {
            throw new IllegalArgumentException("the greatest cost is " + greatest + ", must be below " + GREATEST_COST);
        }
        // Adding 1.5 · 2^52 grid steps leaves no bits below one step; the half keeps negative costs in the same binade.
        int exponent = Math.max(Math.getExponent(greatest) + 1, Double.MIN_EXPONENT - 52 + COST_BITS);
        double magic = Math.scalb(1.5, 52 + exponent - COST_BITS);
        for (int k = 0; k < cheapest.length; k++) {
            cheapest[k] = (cheapest[k] + magic) - magic;
        }
        return magic;
    }

    private double rounded(int row, int column) {
        return (costs.at(row, column) + rounding) - rounding;
    }

    private void startAtNorthWestCorner() {
        Arrays.fill(firstChild, NONE);
        parent[root] = NONE;
        int divisor = greatestCommonDivisor(rows, columns);
        int supply = columns / divisor;
        int demand = rows / divisor;
        int row = 0;
        int column = 0;
        int left = supply; // of the row
        int wanted = demand; // by the column
        hang(0, root, 0, 0);
        while (true) {
            int moved = Math.min(left, wanted);
            boolean rowIsNew = left == supply && wanted != demand;
            double price = rounded(row, column);
            if (rowIsNew) {
                hang(row, rows + column, moved, dual[rows + column] - price);
            } else {
                hang(rows + column, row, moved, dual[row] + price);
            }
            left -= moved;
            wanted -= moved;
            if (left == 0) {
                row++;
                left = supply;
            }
            if (wanted == 0) {
                column++;
                wanted = demand;
            }
            if (column == columns) {
                break;
            }
            if (left == supply && wanted == demand) {
                hang(row, root, 0, 0);
            }
        }
        for (int block = 0; block < blocks; block++) {
            raiseHighest(block);
        }
    }

    private void hang(int node, int under, int units, double value) {
        attach(node, under);
        flow[node] = units;
        depth[node] = depth[under] + 1;
        dual[node] = value;
    }

    private void raiseHighest(int block) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (int column = block * BLOCK; column < Math.min(columns, (block + 1) * BLOCK); column++) {
            maximum = Math.max(maximum, dual[rows + column]);
        }
        highest[block] = maximum;
    }

    private void iterate() {
        int row = 0;
        int withoutPivot = 0;
        while (withoutPivot < rows) {
            price(row);
            if (bestColumn == NONE) {
                withoutPivot++;
            } else {
                withoutPivot = 0;
                pivot(row, rows + bestColumn, bestReducedCost);
            }
            row = row + 1 == rows ? 0 : row + 1;
        }
    }

    private void price(int row) {
        bestReducedCost = 0;
        bestColumn = NONE;
        double rowDual = dual[row];
        int first = home[row];
        price(row, rowDual, first);
        int offset = row * blocks;
        for (int block = 0; block < blocks; block++) {
            if (cheapest[offset + block] + rowDual - highest[block] < bestReducedCost && block != first) {
                price(row, rowDual, block);
            }
        }
    }

    private void price(int row, double rowDual, int block) {
        int from = block * BLOCK;
        int to = Math.min(columns, from + BLOCK);
        costs.fill(row, from, to, cost);
        int offset = rows + from;
        double maximum = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < to - from; k++) {
            double columnDual = dual[offset + k];
            double reduced = (cost[k] + rounding) - rounding + rowDual - columnDual;
            if (reduced < bestReducedCost) {
                bestReducedCost = reduced;
                bestColumn = from + k;
            }
            if (columnDual > maximum) {
                maximum = columnDual;
            }
        }
        highest[block] = maximum;
    }

    /** Brings the arc from {@code row} to {@code column} (both node numbers) into the tree. */
    private void pivot(int row, int column, double reducedCost) {
        pivots++;
        // Units can be taken back from arcs that point against the cycle: up on the row's side, down on the column's.
        // Of several that run empty together, the last one met from the apex along the cycle leaves.
        int units = Integer.MAX_VALUE;
        int leaving = NONE;
        int p = row;
        int q = column;
        while (p != q) {
            if (depth[p] >= depth[q]) {
                if (p < rows && flow[p] < units) {
                    units = flow[p];
                    leaving = p;
                }
                p = parent[p];
            } else {
                q = parent[q];
            }
        }
        int apex = p;
        boolean onRowSide = true;
        for (int node = column; node != apex; node = parent[node]) {
            if (node >= rows && flow[node] <= units) {
                units = flow[node];
                leaving = node;
                onRowSide = false;
            }
        }
        if (units > 0) {
            move(row, apex, -units);
            move(column, apex, units);
        }
        int entering = onRowSide ? row : column;
        reroot(entering, leaving, onRowSide ? column : row, units);
        shiftDuals(entering, onRowSide ? -reducedCost : reducedCost);
    }

    private void move(int from, int apex, int units) {
        for (int node = from; node != apex; node = parent[node]) {
            flow[node] += node < rows ? units : -units;
        }
    }

    /** Cuts the subtree of {@code leaving}, turns it upside down from {@code entering} and hangs it under another node. */
    private void reroot(int entering, int leaving, int under, int units) {
        int node = entering;
        int newParent = under;
        int newFlow = units;
        while (true) {
            int oldParent = parent[node];
            int oldFlow = flow[node];
            detach(node);
            attach(node, newParent);
            flow[node] = newFlow;
            if (node == leaving) {
                return;
            }
            newParent = node;
            newFlow = oldFlow;
            node = oldParent;
        }
    }

    private void shiftDuals(int top, double shift) {
        int node = top;
        int level = depth[parent[top]] + 1;
        while (true) {
            dual[node] += shift;
            depth[node] = level;
            if (node >= rows) {
                int block = (node - rows) / BLOCK;
                highest[block] = Math.max(highest[block], dual[node]);
            }
            if (firstChild[node] != NONE) {
                node = firstChild[node];
                level++;
                continue;
            }
            while (node != top && nextSibling[node] == NONE) {
                node = parent[node];
                level--;
            }
            if (node == top) {
                return;
            }
            node = nextSibling[node];
        }
    }

    private void attach(int node, int under) {
        int sibling = firstChild[under];
        parent[node] = under;
        nextSibling[node] = sibling;
        previousSibling[node] = NONE;
        if (sibling != NONE) {
            previousSibling[sibling] = node;
        }
        firstChild[under] = node;
    }

    private void detach(int node) {
        int previous = previousSibling[node];
        int next = nextSibling[node];
        if (previous == NONE) {
            firstChild[parent[node]] = next;
        } else {
            nextSibling[previous] = next;
        }
        if (next != NONE) {
            previousSibling[next] = previous;
        }
    }

    private TransportPlan plan() {
        int[] from = new int[root];
        int[] to = new int[root];
        int[] units = new int[root];
        int arcs = 0;
        for (int node = 0; node < root; node++) {
            if (flow[node] > 0) {
                from[arcs] = Math.min(node, parent[node]);
                to[arcs] = Math.max(node, parent[node]) - rows;
                units[arcs++] = flow[node];
            }
        }
        return new TransportPlan(Arrays.copyOf(from, arcs), Arrays.copyOf(to, arcs), Arrays.copyOf(units, arcs),
                Arrays.copyOf(dual, root), pivots);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
