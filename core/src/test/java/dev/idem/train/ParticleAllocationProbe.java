package dev.idem.train;

import dev.idem.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@link AllocationProbe} for a training step of particles. */
final class ParticleAllocationProbe {

    private ParticleAllocationProbe() {}

    /** Writes the bytes to the file that is the first argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), Long.toString(AllocationProbe.perStep(Tasks.dw4())));
    }
}
