package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal).invoke(null, signal.getConstructor(String.class).newInstance(name));
    }

    @Test
    void hearsTheFirstSignal() throws ReflectiveOperationException, InterruptedException {
        StringWriter err = new StringWriter();
        try (Interruption interruption = Interruption
                .listen(Terminal.plain(new PrintWriter(err), new PrintWriter(err))).announce("stopping soon")) {
            assertThat(interruption.requested()).isFalse();

            raise("TERM");
            for (int wait = 0; wait < 500 && !err.toString().endsWith("\n"); wait++) {
                Thread.sleep(10);
            }

            assertThat(interruption.requested()).isTrue();
            assertThat(err.toString().strip()).isEqualTo("idem: stopping soon");
        }
    }
}
