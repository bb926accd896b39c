package dev.idem.cpu.kernel;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.Energy;
import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;
import org.jspecify.annotations.Nullable;

/** Evaluates an energy at rows of a batch; holds working memory, so each worker has its own. */
public sealed interface RowEnergy permits AnalyticRows, HostRows {

    /** Returns an evaluator of any energy. */
    static RowEnergy of(Energy energy) {
        return switch (energy) {
            case AnalyticEnergy analytic -> new AnalyticRows(LaneEnergy.of(analytic));
            case HostEnergy host -> new HostRows(host);
        };
    }

    /**
     * Writes energies and, if wanted, forces −∇E of consecutive rows.
     *
     * <p>Read: x [row][axis] from offset. Modified: energy [row] and force [row][axis] from their offsets. Where an energy
     * is +∞, its force means nothing.
     *
     * @throws InvalidEnergyException if a user's energy returns NaN or −∞, or a NaN gradient where it is finite
     */
    void evaluate(float[] x, int offset, int rows, float[] energy, int energyOffset, float @Nullable [] force,
            int forceOffset);
}
