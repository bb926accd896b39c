package dev.idem.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole state of a training: every state buffer by name, and how far it has come.
 *
 * @param progress how far
 * @param floats float32 buffers
 * @param ints int32 buffers
 */
record Checkpoint(TrainerProgress progress, Map<String, float[]> floats, Map<String, int[]> ints) {

    Checkpoint(TrainerProgress progress) {
        this(progress, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Returns the mixing coefficient of each noise bin; empty if none is learned. */
    List<Double> mixing() {
        float[] sums = floats.get("mixing");
        return sums == null ? List.of() : coefficients(sums);
    }

    /** Returns c = a/b, clamped to [0, 1], of each bin of the running sums [bin][2]; 0 where nothing has been summed. */
    static List<Double> coefficients(float[] sums) {
        List<Double> mixing = new ArrayList<>();
        for (int bin = 0; 2 * bin < sums.length; bin++) {
            double ratio = sums[2 * bin] / (double) sums[2 * bin + 1];
            mixing.add(sums[2 * bin + 1] > 0 ? Math.clamp(ratio, 0, 1) : 0);
        }
        return List.copyOf(mixing);
    }
}
