package dev.idem.cpu.kernel;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.Funnel;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.LennardJones;
import dev.idem.energy.ManyWell;
import dev.idem.energy.PairDoubleWell;

/**
 * An analytic energy in float, for 16 configurations that lie in the logical lanes of vectors: copies of a row for the
 * Monte-Carlo score, rows of a batch for Markov chains.
 *
 * <p>A group of configurations is an array [slot][lane]; coordinate c is slot {@link #slot}, other slots hold zeros. Lanes
 * do not mix, so a configuration's bits depend neither on its neighbours nor on the vector width.
 *
 * <p>Implementations are immutable and shared by all workers; their loops are small static methods, for the compiler
 * stops inlining the Vector API in larger ones.
 */
public sealed interface LaneEnergy
        permits PairDoubleWellLanes, LennardJonesLanes, ManyWellLanes, FunnelLanes, MixtureLanes {

    /** Returns the kernels of an energy. */
    static LaneEnergy of(AnalyticEnergy energy) {
        return switch (energy) {
            case PairDoubleWell well -> new PairDoubleWellLanes(well);
            case LennardJones cluster -> new LennardJonesLanes(cluster);
            case ManyWell well -> new ManyWellLanes(well);
            case Funnel funnel -> new FunnelLanes(funnel);
            case GaussianMixture mixture -> new MixtureLanes(mixture);
        };
    }

    /** Returns the number of coordinates of a configuration. */
    int dimension();

    /** Returns the number of slots of a configuration, at least its coordinates. */
    default int slots() {
        return dimension();
    }

    /** Returns the slot of a coordinate. */
    default int slot(int coordinate) {
        return coordinate;
    }

    /**
     * Writes the energies of 16 configurations; a finite configuration has a finite energy or +∞.
     *
     * <p>Read: x [slot][lane]. Modified: energy [lane] from {@code at}.
     */
    void energies(float[] x, float[] energy, int at);

    /**
     * Writes the forces −∇E of one vector of configurations; where the energy is +∞ they mean nothing.
     *
     * <p>Read: x [slot][lane]. Modified: force [slot][lane], lanes {@code lane} to {@code lane + Lanes.COUNT}.
     */
    void forces(float[] x, int lane, float[] force);
}
