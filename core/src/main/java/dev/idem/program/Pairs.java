package dev.idem.program;

/**
 * The edges of a complete graph of particles, in a fixed order.
 *
 * <p>Ordered pairs (i, j), i ≠ j, go by rising receiver i, then rising sender j. Unordered pairs, i &lt; j, go by rising i, then rising
 * j; i then is called the receiver as well.
 *
 * @param particles at least 2
 * @param ordered whether (i, j) and (j, i) are two edges
 */
public record Pairs(int particles, boolean ordered) {

    /** @throws IllegalArgumentException if there are fewer than two particles */
    public Pairs {
        if (particles < 2) {
            throw new IllegalArgumentException("particles must be at least 2, got " + particles);
        }
    }

    /** Returns the number of edges. */
    public int count() {
        int both = particles * (particles - 1);
        return ordered ? both : both / 2;
    }

    /** Returns the receiver of each edge. */
    public int[] receivers() {
        return ends(true);
    }

    /** Returns the sender of each edge. */
    public int[] senders() {
        return ends(false);
    }

    private int[] ends(boolean receiver) {
        int[] ends = new int[count()];
        int edge = 0;
        for (int i = 0; i < particles; i++) {
            for (int j = ordered ? 0 : i + 1; j < particles; j++) {
                if (j != i) {
                    ends[edge++] = receiver ? i : j;
                }
            }
        }
        return ends;
    }
}
