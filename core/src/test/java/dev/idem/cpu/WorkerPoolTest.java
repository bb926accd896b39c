package dev.idem.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Every chunk runs once and before its stage ends, however many threads there are and whatever the stage before was. */
class WorkerPoolTest {

    private record Counting(AtomicIntegerArray runs) implements Stage {
        @Override
        public int chunks() {
            return runs.length();
        }

        @Override
        public void run(Worker worker, int chunk) {
            runs.incrementAndGet(chunk);
        }
    }

    private record Failing(int chunks, int failing, AtomicInteger runs) implements Stage {
        @Override
        public void run(Worker worker, int chunk) {
            runs.incrementAndGet();
            if (chunk == failing) {
                throw new IllegalStateException("chunk " + chunk);
            }
        }
    }

    @Test
    void everyChunkRunsOnceBeforeItsStageEnds() {
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = new WorkerPool(threads, 0)) {
                for (int stage = 0; stage < 3_000; stage++) {
                    int chunks = 1 + stage * 31 % 37;
                    Counting counting = new Counting(new AtomicIntegerArray(chunks));
                    pool.run(counting);
                    int[] expected = new int[chunks];
                    Arrays.fill(expected, 1);
                    assertThat(counting.runs).hasToString(Arrays.toString(expected));
                }
            }
        }
    }

    @Test
    void whatAChunkThrowsReachesTheCallerAfterTheOtherChunksAndTheNextStageRuns() {
        for (int threads : new int[] {2, 5}) {
            try (WorkerPool pool = new WorkerPool(threads, 0)) {
                for (int failing = 0; failing < 20; failing++) {
                    Failing stage = new Failing(20, failing, new AtomicInteger());
                    assertThatThrownBy(() -> pool.run(stage)).isInstanceOf(IllegalStateException.class)
                            .hasMessage("chunk " + failing);
                    assertThat(stage.runs).hasValue(20);
                    Counting after = new Counting(new AtomicIntegerArray(3));
                    pool.run(after);
                    assertThat(after.runs).hasToString("[1, 1, 1]");
                }
            }
        }
    }
}
