package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.fixture.OtherMachine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equality of noise and scores between vector widths, and between interpreter and compiled code. */
class ScoreBitsTest {

    private static final int REPETITIONS = 2000;

    @TempDir
    Path folder;

    private String digestOfAnotherMachine(String... flags) throws IOException, InterruptedException {
        return OtherMachine.run(folder, ScoreDigest.class, flags);
    }

    @Test
    void everyWidthAndTheInterpreterGiveTheBitsOfHotCode() throws IOException, InterruptedException {
        int cold = ScoreDigest.digest();
        for (int i = 0; i < REPETITIONS; i++) {
            assertThat(ScoreDigest.digest()).isEqualTo(cold);
        }
        String width = "-D" + Settings.VECTOR_BITS + "=";
        assertThat(digestOfAnotherMachine(width + 128)).isEqualTo("128 " + cold);
        assertThat(digestOfAnotherMachine(width + 256, "-Xint")).isEqualTo("256 " + cold);
        assertThat(digestOfAnotherMachine(width + 512)).isEqualTo("512 " + cold);
    }
}
