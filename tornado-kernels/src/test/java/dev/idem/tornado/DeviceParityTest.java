package dev.idem.tornado;

import dev.idem.backend.Backend;
import dev.idem.cpu.OpParity;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.program.TargetOp;
import dev.idem.reference.ReferenceBackend;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every op on a device against the reference; skipped where there is none. */
class DeviceParityTest {

    private static final double TOLERANCE = 1e-4;

    /** Where a posterior is soft its copies lie a hundred times as far as their normal numbers say, which are within 1e-6 on a device. */
    private static final double OF_GUIDED_COPIES = 3e-4;

    @ParameterizedTest
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @CsvSource({"7, 1", "65, 7", "131, 16"})
    void everyOpAgreesWithTheReference(int rows, int columns) {
        Backend backend = Devices.open();
        for (Op op : DeviceCases.of(rows, columns)) {
            Program program = new Program("one", List.of(op));
            OpParity.compare(program, OpParity.run(new ReferenceBackend(), program), OpParity.run(backend, program),
                    op instanceof TargetOp.GuidedScore ? OF_GUIDED_COPIES : TOLERANCE);
        }
    }
}
