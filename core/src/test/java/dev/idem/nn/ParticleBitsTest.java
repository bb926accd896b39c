package dev.idem.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.fixture.OtherMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both networks have the same bits for every vector width and thread count, cold and hot. */
class ParticleBitsTest {

    private static final int REPETITIONS = 150;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-Didem.vectorBits=128", "-Didem.vectorBits=256", "-Didem.vectorBits=512", "-Xint"})
    void bitsDoNotDependOnTheVirtualMachine(String flag) throws Exception {
        assertThat(OtherMachine.run(folder, ParticleDigest.class, flag)).isEqualTo(ParticleDigest.digest(1, 1));
    }

    @Test
    void bitsDependNeitherOnThreadsNorOnTheCompiler() {
        String cold = ParticleDigest.digest(1, 1);
        assertThat(ParticleDigest.digest(3, 1)).isEqualTo(cold);
        assertThat(ParticleDigest.digest(1, REPETITIONS)).isEqualTo(cold);
    }
}
