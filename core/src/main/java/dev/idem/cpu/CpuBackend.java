package dev.idem.cpu;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.program.Program;
import java.util.List;

/** Runs programs on the host's CPU with the Vector API. */
public final class CpuBackend implements Backend {

    private final int threads;

    /**
     * Makes a backend.
     *
     * @param threads number of worker threads, at least one; results do not depend on it
     */
    public CpuBackend(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.threads = threads;
    }

    @Override
    public Session compile(List<Program> programs) {
        return new CpuSession(programs, threads);
    }
}
