package dev.idem.cpu;

import dev.idem.program.Buffer;
import dev.idem.program.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The storages of all buffers that programs share or that do not fit into one segment; made on first use. */
final class Memory {

    private final Set<Buffer> known;
    private final Map<Buffer, Storage> storages = new HashMap<>();
    private final Map<PanelPacking.Key, PanelPacking.Panels> panels = new HashMap<>();

    Memory(Collection<Buffer> buffers) {
        known = new HashSet<>(buffers);
        for (Buffer buffer : buffers) {
            if (buffer.role() != Role.SCRATCH) {
                storages.put(buffer, new Storage(buffer));
            }
        }
    }

    /**
     * Returns the storage of a buffer.
     *
     * @throws IllegalArgumentException if no compiled program has it
     */
    Storage storage(Buffer buffer) {
        if (!known.contains(buffer)) {
            throw new IllegalArgumentException("no compiled program has a buffer " + buffer + " " + buffer.role());
        }
        return storages.computeIfAbsent(buffer, Storage::new);
    }

    /** Returns the packed copy of a weight matrix, shared by all programs. */
    PanelPacking.Panels panels(PanelPacking.Key key) {
        return panels.computeIfAbsent(key, k -> new PanelPacking.Panels(storage(k.parameters()), k));
    }
}
