package dev.idem.eval;

/**
 * Numbers the points of two samples so that points near each other, in the same sample or in the other one, have near
 * numbers.
 *
 * <p>Both samples are halved again and again by the order along one axis, the one along which the first sample's part
 * is widest; the second sample is cut at the same share of its points. So point number r of n lies near point number r
 * · m / n, which makes the first plan of {@link TransportSolver} a good one, and blocks of consecutive columns are
 * compact.
 */
final class JointOrder {

    /** Cuts of the second sample fall on multiples of this, the solver's block, unless the part is smaller. */
    private static final int BLOCK = 16;

    private final double[] x;
    private final double[] y;
    private final int dimension;
    private final int[] xOrder;
    private final int[] yOrder;

    /**
     * Orders two samples.
     *
     * @param x first sample, [row][axis], not modified
     * @param y second sample, [row][axis], not modified
     * @param dimension number of axes
     */
    JointOrder(double[] x, double[] y, int dimension) {
        this.x = x;
        this.y = y;
        this.dimension = dimension;
        this.xOrder = identity(x.length / dimension);
        this.yOrder = identity(y.length / dimension);
        split(0, xOrder.length, 0, yOrder.length);
    }

    /** Returns the first sample's row at each place; not a copy. */
    int[] first() {
        return xOrder;
    }

    /** Returns the second sample's row at each place; not a copy. */
    int[] second() {
        return yOrder;
    }

    /**
     * Returns a sample's rows in the given order.
     *
     * @param sample [row][axis], not modified
     * @param order [place]
     * @param dimension number of axes
     * @return [place][axis]
     */
    static double[] arrange(double[] sample, int[] order, int dimension) {
        double[] arranged = new double[order.length * dimension];
        for (int place = 0; place < order.length; place++) {
            System.arraycopy(sample, order[place] * dimension, arranged, place * dimension, dimension);
        }
        return arranged;
    }

    private static int[] identity(int size) {
        int[] order = new int[size];
        for (int k = 0; k < size; k++) {
            order[k] = k;
        }
        return order;
    }

    private void split(int xFrom, int xTo, int yFrom, int yTo) {
        if (xTo - xFrom < 2 || yTo - yFrom < 2) {
            return;
        }
        int axis = widestAxis(xFrom, xTo);
        int blocks = (yTo - yFrom + BLOCK - 1) / BLOCK;
        int yCut = blocks > 1 ? yFrom + BLOCK * (blocks / 2) : (yFrom + yTo) / 2;
        int xCut = xFrom + (int) ((long) (yCut - yFrom) * (xTo - xFrom) / (yTo - yFrom));
        select(x, xOrder, axis, xFrom, xTo, xCut);
        select(y, yOrder, axis, yFrom, yTo, yCut);
        split(xFrom, xCut, yFrom, yCut);
        split(xCut, xTo, yCut, yTo);
    }

    private int widestAxis(int from, int to) {
        int widest = 0;
        double width = -1;
        for (int axis = 0; axis < dimension; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int place = from; place < to; place++) {
                double value = x[xOrder[place] * dimension + axis];
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            if (high - low > width) {
                width = high - low;
                widest = axis;
            }
        }
        return widest;
    }

    /** Rearranges order[from … to) so that no value before place {@code cut} exceeds one from there on (quickselect). */
    private void select(double[] sample, int[] order, int axis, int from, int to, int cut) {
        int low = from;
        int high = to - 1;
        while (low < high) {
            double pivot = sample[order[(low + high) >>> 1] * dimension + axis];
            int left = low;
            int right = high;
            while (left <= right) {
                while (sample[order[left] * dimension + axis] < pivot) {
                    left++;
                }
                while (sample[order[right] * dimension + axis] > pivot) {
                    right--;
                }
                if (left <= right) {
                    int swapped = order[left];
                    order[left++] = order[right];
                    order[right--] = swapped;
                }
            }
            if (cut <= right) {
                high = right;
            } else if (cut >= left) {
                low = left;
            } else {
                return;
            }
        }
    }
}
