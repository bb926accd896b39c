package dev.idem.cpu;

import dev.idem.backend.Backend;
import dev.idem.backend.BackendProvider;
import dev.idem.backend.Processors;
import dev.idem.cpu.kernel.Lanes;
import java.util.List;

/** Offers the host's CPU as a device. */
public final class CpuBackendProvider implements BackendProvider {

    @Override
    public List<Device> devices() {
        String description = "native, " + Processors.physicalCores()
                + " physical cores, vectors of " + Lanes.BITS + " bits";
        return List.of(new Device("cpu", description, "", false));
    }

    @Override
    public Backend open(Device device, int threads) {
        return new CpuBackend(threads);
    }
}
