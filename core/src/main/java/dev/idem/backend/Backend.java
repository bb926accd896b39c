package dev.idem.backend;

import dev.idem.program.Program;
import java.util.List;

/** Turns programs into something that runs. */
public interface Backend {

    /**
     * Compiles programs that share buffers by name and places the buffers; all elements start at zero.
     *
     * @throws IllegalArgumentException if two different buffers have one name, or the backend cannot run an op
     */
    Session compile(List<Program> programs);
}
