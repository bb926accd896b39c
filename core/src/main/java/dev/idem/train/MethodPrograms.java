package dev.idem.train;

import dev.idem.config.RunConfig;
import dev.idem.program.Program;
import dev.idem.task.Tasks;
import java.util.List;

/** The programs of a training, for those who want to look at them. */
public final class MethodPrograms {

    private MethodPrograms() {}

    /** Returns the programs that a training of this configuration compiles. */
    public static List<Program> of(RunConfig config) {
        return new IdemPrograms(Tasks.of(config), config.train()).all();
    }
}
