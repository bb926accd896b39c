package dev.idem.cpu;

import dev.idem.cpu.kernel.AnalyticScoreScratch;
import dev.idem.cpu.kernel.GuidedScratch;
import dev.idem.cpu.kernel.HostScoreScratch;
import dev.idem.cpu.kernel.LaneEnergy;
import dev.idem.cpu.kernel.Lanes;
import dev.idem.cpu.kernel.MixtureConstants;
import dev.idem.cpu.kernel.NoiseScratch;
import dev.idem.cpu.kernel.PoolScratch;
import dev.idem.cpu.kernel.RowEnergy;
import dev.idem.cpu.kernel.ScoreScratch;
import dev.idem.energy.Energy;
import dev.idem.energy.ParticleEnergy;
import dev.idem.random.Philox;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Memory that kernels of one worker use between two lines of theirs; grows on first use, then stays. */
final class KernelScratch {

    private final int[] words = new int[Philox.WORDS];
    private final NoiseScratch noise = new NoiseScratch();
    private final Map<MixtureConstants, ScoreScratch> mixtures = new HashMap<>(); // constants are equal only to themselves
    private final Map<LaneEnergy, AnalyticScoreScratch> energies = new HashMap<>(); // likewise
    private final IdentityHashMap<ParticleEnergy, GuidedScratch> guided = new IdentityHashMap<>();
    private final IdentityHashMap<Energy, RowEnergy> rowEnergies = new IdentityHashMap<>();
    private final Map<Integer, MoveScratch> moves = new HashMap<>();
    private final Map<Integer, HostScoreScratch> hosts = new HashMap<>();
    private final Map<Integer, PoolScratch> pools = new HashMap<>();
    private float[] normals = new float[0];
    private float[] product = new float[0];
    private float[] activations = new float[0];
    private final float[] lanes = new float[4 * Lanes.LOGICAL];

    int[] words() {
        return words;
    }

    NoiseScratch noise() {
        return noise;
    }

    /** Returns an array of at least so many floats, for normal numbers. */
    float[] normals(int count) {
        if (normals.length < count) {
            normals = Arrays.copyOf(normals, count);
        }
        return normals;
    }

    /** Returns an array of at least so many floats, for the packed factors of a product. */
    float[] product(int count) {
        if (product.length < count) {
            product = Arrays.copyOf(product, count);
        }
        return product;
    }

    /** Returns an array of at least so many floats, for the activations of a tile. */
    float[] activations(int count) {
        if (activations.length < count) {
            activations = Arrays.copyOf(activations, count);
        }
        return activations;
    }

    /** Returns an array of 64 floats, for the sums of four rows kept in lanes. */
    float[] lanes() {
        return lanes;
    }

    ScoreScratch mixture(MixtureConstants mixture) {
        return mixtures.computeIfAbsent(mixture, ScoreScratch::new);
    }

    PoolScratch pool(int dimension) {
        return pools.computeIfAbsent(dimension, PoolScratch::new);
    }

    AnalyticScoreScratch analytic(LaneEnergy energy) {
        return energies.computeIfAbsent(energy, AnalyticScoreScratch::new);
    }

    GuidedScratch guided(ParticleEnergy energy) {
        return guided.computeIfAbsent(energy, GuidedScratch::new);
    }

    /** Returns this worker's evaluator of an energy. */
    RowEnergy rows(Energy energy) {
        return rowEnergies.computeIfAbsent(energy, RowEnergy::of);
    }

    MoveScratch move(int dimension) {
        return moves.computeIfAbsent(dimension, MoveScratch::new);
    }

    HostScoreScratch host(int dimension) {
        return hosts.computeIfAbsent(dimension, HostScoreScratch::new);
    }
}
