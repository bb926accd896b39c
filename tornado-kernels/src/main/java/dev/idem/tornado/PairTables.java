package dev.idem.tornado;

import dev.idem.program.Pairs;
import dev.idem.program.RadialBasis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tables that kernels of pairs read: ends of edges, and edges of particles. */
final class PairTables {

    private final Pairs pairs;
    private final TaskList tasks;

    PairTables(Pairs pairs, TaskList tasks) {
        this.pairs = pairs;
        this.tasks = tasks;
    }

    IntArray receivers() {
        return tasks.arrays().intTable(pairs.receivers());
    }

    IntArray senders() {
        return tasks.arrays().intTable(pairs.senders());
    }

    /** Returns [i][j]: the edge that i receives from j, or −1. */
    IntArray received() {
        return tasks.arrays().intTable(edges(pairs.receivers(), pairs.senders()));
    }

    /** Returns [i][j]: the edge that i sends to j, or −1. */
    IntArray sent() {
        return tasks.arrays().intTable(edges(pairs.senders(), pairs.receivers()));
    }

    /** Returns [i][j]: the edge whose message i gets and that joins it with j, or −1. */
    IntArray joining() {
        int[] edges = edges(pairs.receivers(), pairs.senders());
        if (!pairs.ordered()) {
            int[] sent = edges(pairs.senders(), pairs.receivers());
            for (int i = 0; i < edges.length; i++) {
                edges[i] = Math.max(edges[i], sent[i]);
            }
        }
        return tasks.arrays().intTable(edges);
    }

    private int[] edges(int[] first, int[] second) {
        int[] edges = new int[pairs.particles() * pairs.particles()];
        Arrays.fill(edges, -1);
        for (int edge = 0; edge < first.length; edge++) {
            edges[first[edge] * pairs.particles() + second[edge]] = edge;
        }
        return edges;
    }

    /** Returns [function][2] = centre, width. */
    static FloatArray basis(RadialBasis basis, TaskList tasks) {
        List<Double> table = new ArrayList<>();
        for (int b = 0; b < basis.size(); b++) {
            table.add(basis.function(b).centre());
            table.add(basis.function(b).width());
        }
        return tasks.arrays().floatTable(table);
    }
}
