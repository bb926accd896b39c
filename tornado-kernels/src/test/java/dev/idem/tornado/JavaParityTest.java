package dev.idem.tornado;

import dev.idem.cpu.OpParity;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.reference.ReferenceBackend;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every op: its lowering and its kernels, run as plain Java, against the reference. */
class JavaParityTest {

    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "3, 2", "7, 1", "64, 2", "65, 7", "131, 16"})
    void everyOpAgreesWithTheReference(int rows, int columns) {
        for (Op op : DeviceCases.of(rows, columns)) {
            Program program = new Program("one", List.of(op));
            OpParity.compare(program, OpParity.run(new ReferenceBackend(), program),
                    OpParity.run(new JavaBackend(), program), TOLERANCE);
        }
    }
}
