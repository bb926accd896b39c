package dev.idem.nn;

import dev.idem.random.Philox;
import dev.idem.random.Uniforms;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each tensor of a network lies in its flat parameter buffer.
 *
 * @param slices tensors in order, without gaps
 */
public record ParameterLayout(List<Slice> slices) {

    /** Random stream of initial parameters; no program uses it. */
    private static final int INITIAL_STREAM = -1;

    /** Copies the list. */
    public ParameterLayout {
        slices = List.copyOf(slices);
    }

    /**
     * One tensor, row-major.
     *
     * @param name unique in the network
     * @param offset where it begins
     * @param rows inputs of a weight; 1 for a bias
     * @param columns outputs
     * @param fanIn number of inputs of the layer it belongs to
     */
    public record Slice(String name, int offset, int rows, int columns, int fanIn) {

        /** Returns the number of elements. */
        public int size() {
            return rows * columns;
        }
    }

    /** Returns the number of parameters. */
    public int size() {
        Slice last = slices.getLast();
        return last.offset() + last.size();
    }

    /**
     * Returns the slice of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Slice slice(String name) {
        return slices.stream().filter(slice -> slice.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tensor '" + name + "' among "
                        + slices.stream().map(Slice::name).toList()));
    }

    /** Returns parameters drawn uniformly from ±1/√fan_in. */
    float[] initialParameters(long seed) {
        float[] parameters = new float[size()];
        int[] words = new int[Philox.WORDS];
        for (Slice slice : slices) {
            double bound = 1 / Math.sqrt(slice.fanIn);
            for (int element = slice.offset; element < slice.offset + slice.size(); element++) {
                Philox.words(element / Philox.WORDS, 0, 0, INITIAL_STREAM, (int) seed, (int) (seed >> 32), words, 0);
                parameters[element] = (float) (bound * (2.0 * Uniforms.ofBits(words[element % Philox.WORDS]) - 1));
            }
        }
        return parameters;
    }

    /** Collects tensors one after the other. */
    static final class Builder {

        private final List<Slice> slices = new ArrayList<>();
        private int offset;

        Builder add(String name, int rows, int columns, int fanIn) {
            slices.add(new Slice(name, offset, rows, columns, fanIn));
            offset = Math.addExact(offset, Math.multiplyExact(rows, columns));
            return this;
        }

        ParameterLayout build() {
            return new ParameterLayout(slices);
        }
    }
}
