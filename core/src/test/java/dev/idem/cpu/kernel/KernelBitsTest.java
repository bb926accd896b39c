package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.fixture.OtherMachine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equality of all results between vector widths, and between interpreter and compiled code. */
class KernelBitsTest {

    private static final int REPETITIONS = 300;

    @TempDir
    Path folder;

    private String digestOfAnotherMachine(String... flags) throws IOException, InterruptedException {
        return OtherMachine.run(folder, KernelDigest.class, flags);
    }

    @Test
    void everyWidthAndTheInterpreterGiveTheBitsOfHotCode() throws IOException, InterruptedException {
        int cold = KernelDigest.digest();
        for (int i = 0; i < REPETITIONS; i++) {
            assertThat(KernelDigest.digest()).isEqualTo(cold);
        }
        String width = "-D" + Settings.VECTOR_BITS + "=";
        assertThat(digestOfAnotherMachine(width + 128)).isEqualTo("128 " + cold);
        assertThat(digestOfAnotherMachine(width + 256)).isEqualTo("256 " + cold);
        assertThat(digestOfAnotherMachine(width + 512)).isEqualTo("512 " + cold);
        assertThat(digestOfAnotherMachine(width + 256, "-Xint")).isEqualTo("256 " + cold);
    }
}
