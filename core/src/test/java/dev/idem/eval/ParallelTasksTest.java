package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTasksTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void runsEveryTaskOnce(int threads) {
        AtomicIntegerArray calls = new AtomicIntegerArray(17);
        ParallelTasks.run(17, threads, calls::incrementAndGet);
        for (int k = 0; k < 17; k++) {
            assertThat(calls.get(k)).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void failureOfATaskReachesTheCallerAndStopsTheRest(int threads) {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> ParallelTasks.run(100_000, threads, k -> {
            calls.incrementAndGet();
            throw new IllegalStateException("task " + k);
        })).isInstanceOf(IllegalStateException.class).hasMessageStartingWith("task ");
        assertThat(calls.get()).isLessThanOrEqualTo(threads);
        assertThatThrownBy(() -> ParallelTasks.run(10, threads, k -> {
            throw new AssertionError("task " + k);
        })).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void interruptStopsFurtherTasks(int threads) {
        AtomicInteger calls = new AtomicInteger();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ParallelTasks.run(1_000_000, threads, k -> calls.incrementAndGet()))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls.get()).isLessThan(1_000_000);
    }

    @Test
    void oneThreadKeepsTheOrder() {
        StringBuilder order = new StringBuilder();
        ParallelTasks.run(5, 1, order::append);
        assertThat(order).hasToString("01234");
    }
}
