package dev.idem.tornado;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.program.Program;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Runs programs on one device of TornadoVM. */
final class TornadoBackend implements Backend {

    private final TornadoDevice device;

    TornadoBackend(TornadoDevice device) {
        this.device = device;
    }

    /**
     * Compiles programs; takes 20 ms for each of their tasks.
     *
     * @throws IllegalArgumentException if an op cannot run on a device, a program has too many tasks, or the buffers do not fit
     * @throws IllegalStateException if the device's compiler refuses a kernel
     */
    @Override
    public Session compile(List<Program> programs) {
        return new TornadoSession(programs, device);
    }
}
