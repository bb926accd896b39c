package dev.idem.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.reference.ReferenceBackend;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every op type, CPU against reference, at awkward sizes and with one and three threads. */
class CpuParityTest {

    private static final double TOLERANCE = 3e-5;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "3, 2", "7, 1", "63, 3", "64, 2", "65, 7", "131, 16", "200, 17", "4099, 1"})
    void everyOpAgreesWithTheReference(int rows, int columns) {
        for (Op op : new OpCases(rows, columns).all()) {
            Program program = new Program("one", List.of(op));
            List<double[]> expected = OpParity.run(new ReferenceBackend(), program);
            for (int threads : new int[] {1, 3}) {
                OpParity.compare(program, expected, OpParity.run(new CpuBackend(threads), program), TOLERANCE);
            }
        }
    }

    /** A new op type must get a case, or this fails. */
    @Test
    void everyOpTypeHasACase() {
        Set<Class<?>> covered = new HashSet<>();
        new OpCases(3, 2).all().forEach(op -> covered.add(op.getClass()));
        Set<Class<?>> types = new HashSet<>(permitted(Op.class).toList());
        assertThat(types).hasSizeGreaterThan(25);
        assertThat(covered).isEqualTo(types);
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(CpuParityTest::permitted)
                : Stream.of(type);
    }
}
