package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.fixture.OtherMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short training has the same bits for every vector width and thread count, and in the interpreter, C1 and C2. */
class TrainingBitsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-Didem.vectorBits=128", "-Didem.vectorBits=256", "-Xint", "-XX:TieredStopAtLevel=1"})
    void bitsDoNotDependOnTheVirtualMachine(String flag) throws Exception {
        assertThat(OtherMachine.run(folder, TrainingDigest.class, flag)).isEqualTo(TrainingDigest.digest(1));
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() throws Exception {
        assertThat(TrainingDigest.digest(2)).isEqualTo(TrainingDigest.digest(1));
    }

    @Test
    void aStepAllocatesNothingOnceCompiled() throws Exception {
        // Compiled in the foreground: on a busy machine the probe would otherwise end before the compiler does.
        assertThat(OtherMachine.run(folder, AllocationProbe.class, "-Xbatch")).isEqualTo("0");
    }

    @Test
    void aStepOfParticlesAllocatesNothingOnceCompiled() throws Exception {
        assertThat(OtherMachine.run(folder, ParticleAllocationProbe.class, "-Xbatch")).isEqualTo("0");
    }
}
