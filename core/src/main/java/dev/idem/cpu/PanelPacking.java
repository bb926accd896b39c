package dev.idem.cpu;

import dev.idem.cpu.kernel.WeightPanels;
import dev.idem.program.Buffer;
import java.util.List;

/** Copies weight matrices into the layout of the matrix kernel, when their parameters have changed. */
final class PanelPacking implements Stage {

    private final Panels[] panels;

    PanelPacking(List<Panels> panels) {
        this.panels = panels.toArray(Panels[]::new);
    }

    /** Names a weight matrix [in][out] within a parameter buffer, or its transpose. */
    record Key(Buffer parameters, int weight, int in, int out, boolean transposed) {}

    /** The packed copy of one weight matrix. */
    static final class Panels {

        final float[] packed;
        private final Storage parameters;
        private final Key key;
        private long version = -1;

        Panels(Storage parameters, Key key) {
            this.parameters = parameters;
            this.key = key;
            this.packed = new float[key.transposed
                    ? WeightPanels.size(key.out, key.in)
                    : WeightPanels.size(key.in, key.out)];
        }

        private boolean isStale() {
            return version != parameters.version;
        }

        private void pack() {
            if (key.transposed) {
                WeightPanels.packTransposed(parameters.floats, key.weight, packed, 0, key.in, key.out);
            } else {
                WeightPanels.pack(parameters.floats, key.weight, packed, 0, key.in, key.out);
            }
            version = parameters.version;
        }
    }

    /** Returns whether a run is needed. */
    boolean isStale() {
        for (Panels panel : panels) {
            if (panel.isStale()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int chunks() {
        return panels.length;
    }

    @Override
    public void run(Worker worker, int chunk) {
        if (panels[chunk].isStale()) {
            panels[chunk].pack();
        }
    }
}
