package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import javax.management.JMException;
import org.junit.jupiter.api.Test;

/** A clock that only calls move on. */
class SettledTimeTest {

    private double now;

    /**
     * Returns what settles of calls whose length depends on the time.
     *
     * @param compilingUntil the compiler is at work until then
     */
    private double settled(DoubleUnaryOperator length, double compilingUntil) {
        return new SettledTime(() -> Math.round(now * 1e9), () -> now < compilingUntil)
                .of(() -> now += length.applyAsDouble(now)).seconds();
    }

    @Test
    void whatADeviceCompilesInTheFirstCallIsKeptApart() {
        SettledTime.Pace pace = new SettledTime(() -> Math.round(now * 1e9), () -> false)
                .of(() -> now += now == 0 ? 30 : 0.1);
        assertThat(pace.seconds()).isCloseTo(0.1, within(1e-9));
        assertThat(pace.compiling()).isCloseTo(29.9, within(1e-9));
    }

    @Test
    void evenCallsAreTakenAtOnce() {
        assertThat(settled(_ -> 0.01, 0)).isCloseTo(0.01, within(1e-9));
        assertThat(now).isLessThan(2);
    }

    @Test
    void anEvenStretchInTheInterpreterIsNotTaken() {
        assertThat(settled(time -> time < 3 ? 0.2 : 0.005, 3)).isCloseTo(0.005, within(1e-4));
    }

    @Test
    void theSameStretchIsTakenIfNobodyCompiles() {
        assertThat(settled(time -> time < 3 ? 0.2 : 0.005, 0)).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void longCallsAreMadeFourTimes() {
        assertThat(settled(time -> time == 0 ? 30 : 5, 0)).isCloseTo(5, within(1e-9));
        assertThat(now).isCloseTo(45, within(1e-9));
    }

    @Test
    void aRealCallSettles() {
        double[] sum = {0};
        double seconds = new SettledTime().of(() -> {
            for (int i = 0; i < 100_000; i++) {
                sum[0] += Math.sqrt(i);
            }
        }).seconds();
        assertThat(seconds).isBetween(1e-5, 0.05);
        assertThat(sum[0]).isPositive();
    }

    /** Windows of one call each, 0.6 and 1.2 s in turn: twelve seconds are up in the fourteenth. */
    @Test
    void givesUpOnWindowsThatNeverAgree() {
        double[] next = {0.6};
        assertThat(settled(_ -> next[0] = 1.8 - next[0], 0)).isCloseTo(1.2, within(1e-9));
        assertThat(now).isCloseTo(1.2 + 7 * 1.8, within(1e-9));
    }

    @Test
    void givesUpOnACompilerThatIsAlwaysAtWork() {
        assertThat(settled(_ -> 0.1, Double.MAX_VALUE)).isCloseTo(0.1, within(1e-9));
        assertThat(now).isBetween(12.0, 12.8);
    }

    /** Recorded of Temurin 25, shortened. */
    @Test
    void aQueueWithACurrentCompileIsBusy() {
        assertThat(SettledTime.compiling("""
                Current compiles:\s
                C2 CompilerThread0  1480   !   4       com.sun.tools.javac.jvm.ClassReader::classSigToType (530 bytes)

                C1 compile queue:
                Empty

                C2 compile queue:
                1382       4       com.sun.tools.javac.code.Type$ClassType::getTag (4 bytes)
                1575 %     4       Q::f @ 4 (30 bytes)

                """)).isTrue();
    }

    /** Recorded of Temurin 25. */
    @Test
    void aQueueWithoutIsIdle() {
        assertThat(SettledTime.compiling("""
                Current compiles:\s

                C1 compile queue:
                Empty

                C2 compile queue:
                Empty

                """)).isFalse();
    }

    @Test
    void thisVirtualMachineShowsItsQueueInTheRecordedFormat() throws JMException {
        assertThat(SettledTime.queue()).containsPattern(
                "\\ACurrent compiles: ?\\R(.*::.*\\R)*\\RC1 compile queue:\\R");
    }
}
