package dev.idem.program;

import java.util.List;

/**
 * Ops that move configurations between chains and a replay that keeps their energies and forces. None is differentiable. Those that
 * write slots are one logical row: they are filled in order.
 */
public sealed interface ReplayOp extends Op {

    /**
     * Writes rows of finite energy at most {@code largestEnergy} into consecutive slots of the replay, modulo its capacity, and counts the
     * others.
     *
     * @param chains [row][...], not modified
     * @param replay [capacity][...], modified
     * @param cursor int32 [1][2], modified: next slot, filled slots
     * @param largestEnergy [1][1], not modified
     * @param leftOut [1][1], modified: rows left out are added
     */
    record AppendRows(ReplayRows chains, ReplayRows replay, Buffer cursor, Buffer largestEnergy, Buffer leftOut)
            implements
                ReplayOp {
        @Override
        public List<Buffer> reads() {
            return List.of(chains.points(), chains.forces(), chains.energies(), replay.points(), replay.forces(),
                    replay.energies(), cursor, largestEnergy, leftOut);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(replay.points(), replay.forces(), replay.energies(), cursor, leftOut);
        }

        @Override
        public Buffer domain() {
            return cursor;
        }
    }

    /**
     * chains[i] = replay[(start + i) mod filled], start uniform over the filled slots.
     *
     * @param counter [1][4], not modified
     * @param replay [capacity][...], not modified
     * @param cursor int32 [1][2], not modified: next slot, filled slots (at least one)
     * @param chains [row][...], modified
     */
    record TakeRun(Buffer counter, ReplayRows replay, Buffer cursor, ReplayRows chains,
            int stream) implements ReplayOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, replay.points(), replay.forces(), replay.energies(), cursor);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(chains.points(), chains.forces(), chains.energies());
        }
    }

    /**
     * replay[(start + i) mod filled] = chains[i], in order: puts back what {@link TakeRun} has taken with the same counter and stream.
     *
     * @param counter [1][4], not modified
     * @param chains [row][...], not modified
     * @param replay [capacity][...], modified
     * @param cursor int32 [1][2], not modified
     */
    record PutRun(Buffer counter, ReplayRows chains, ReplayRows replay, Buffer cursor, int stream) implements ReplayOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, chains.points(), chains.forces(), chains.energies(), replay.points(),
                    replay.forces(),
                    replay.energies(), cursor);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(replay.points(), replay.forces(), replay.energies());
        }

        @Override
        public Buffer domain() {
            return cursor;
        }
    }

    @Override
    default List<Buffer> wholeReads() {
        return reads();
    }
}
