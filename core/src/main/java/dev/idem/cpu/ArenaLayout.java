package dev.idem.cpu;

import java.util.TreeMap;

/** Places blocks in an arena, first fit; blocks begin at multiples of a cache line. */
final class ArenaLayout {

    private static final int LINE = 16;

    private final TreeMap<Integer, Integer> used = new TreeMap<>(); // begin → end
    private int size;

    /** Returns where a block of {@code length} floats begins. */
    int allocate(int length) {
        int rounded = (length + LINE - 1) / LINE * LINE;
        int begin = 0;
        for (var block : used.entrySet()) {
            if (block.getKey() - begin >= rounded) {
                break;
            }
            begin = block.getValue();
        }
        used.put(begin, begin + rounded);
        size = Math.max(size, begin + rounded);
        return begin;
    }

    /** Gives back the block that begins there. */
    void free(int begin) {
        used.remove(begin);
    }

    /** Returns the number of floats the arena needs. */
    int size() {
        return size;
    }
}
