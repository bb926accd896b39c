package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
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

    @Test
    void givesUpAfterSomeSeconds() {
        double[] next = {0.1};
        assertThat(settled(_ -> next[0] = 0.7 - next[0], 0)).isPositive();
        assertThat(settled(_ -> 0.1, Double.MAX_VALUE)).isCloseTo(0.1, within(1e-9));
        assertThat(now).isLessThan(30);
    }
}
