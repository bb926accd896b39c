package dev.idem.reference;

import dev.idem.backend.Backend;
import dev.idem.program.Program;
import java.util.List;

/** Runs programs op by op in double precision. */
public final class ReferenceBackend implements Backend {

    @Override
    public ReferenceSession compile(List<Program> programs) {
        return new ReferenceSession(programs);
    }
}
