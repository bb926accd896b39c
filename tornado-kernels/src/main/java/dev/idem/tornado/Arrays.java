package dev.idem.tornado;

import dev.idem.program.Buffer;
import dev.idem.program.Element;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.program.Role;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The arrays of some programs: those of buffers, tables that the lowering makes, and temporary ones, which serve again once
 * the op that wanted them is lowered.
 */
final class Arrays {

    private final Map<Buffer, TornadoNativeArray> ofBuffers = new LinkedHashMap<>();
    private final Map<List<Object>, TornadoNativeArray> tables = new LinkedHashMap<>();
    private final Map<List<Object>, Deque<TornadoNativeArray>> free = new HashMap<>();
    private final IdentityHashMap<TornadoNativeArray, Deque<TornadoNativeArray>> taken = new IdentityHashMap<>();

    /**
     * Makes the arrays of all buffers of the programs; all elements are zero. Scratch buffers of one size whose uses do not overlap
     * have one array.
     */
    Arrays(Collection<Program> programs) {
        for (Buffer buffer : Program.buffersByName(programs).values()) {
            if (buffer.role() != Role.SCRATCH) {
                ofBuffers.put(buffer, make(buffer));
            }
        }
        placeScratch(programs);
    }

    private static TornadoNativeArray make(Buffer buffer) {
        int size = buffer.shape().size();
        return buffer.element() == Element.INT32 ? new IntArray(size) : new FloatArray(size);
    }

    /** The times of the first and the last op that uses a buffer, the programs one after the other. */
    private record Life(int first, int last) {

        Life with(int time) {
            return new Life(Math.min(first, time), Math.max(last, time));
        }
    }

    private void placeScratch(Collection<Program> programs) {
        Map<List<Object>, Deque<Map.Entry<TornadoNativeArray, Life>>> placed = new HashMap<>();
        scratchLives(programs).entrySet().stream().sorted(Comparator.comparingInt(use -> use.getValue().first()))
                .forEach(use -> {
                    Buffer buffer = use.getKey();
                    // Of those alike, the one that has been free for longest comes first.
                    Deque<Map.Entry<TornadoNativeArray, Life>> alike = placed.computeIfAbsent(
                            List.of(buffer.element(), buffer.shape().size()), _ -> new ArrayDeque<>());
                    Optional<Map.Entry<TornadoNativeArray, Life>> free = alike.stream()
                            .filter(before -> before.getValue().last() < use.getValue().first()).findFirst();
                    free.ifPresent(alike::remove);
                    TornadoNativeArray array = free.map(Map.Entry::getKey).orElseGet(() -> make(buffer));
                    alike.add(Map.entry(array, use.getValue()));
                    ofBuffers.put(buffer, array);
                });
    }

    private static Map<Buffer, Life> scratchLives(Collection<Program> programs) {
        Map<Buffer, Life> lives = new LinkedHashMap<>();
        int time = 0;
        for (Program program : programs) {
            for (Buffer zeroed : Lowering.zeroed(program)) {
                live(lives, zeroed, time);
            }
            time++;
            for (Op op : program.ops()) {
                for (List<Buffer> used : List.of(op.reads(), op.writes())) {
                    for (Buffer buffer : used) {
                        live(lives, buffer, time);
                    }
                }
                time++;
            }
        }
        return lives;
    }

    private static void live(Map<Buffer, Life> lives, Buffer buffer, int time) {
        if (buffer.role() == Role.SCRATCH) {
            lives.merge(buffer, new Life(time, time), (life, _) -> life.with(time));
        }
    }

    static boolean isArray(Object argument) {
        return argument instanceof TornadoNativeArray;
    }

    static long bytes(Object array) {
        return ((TornadoNativeArray) array).getNumBytesOfSegment();
    }

    FloatArray floats(Buffer buffer) {
        return (FloatArray) array(buffer);
    }

    IntArray ints(Buffer buffer) {
        return (IntArray) array(buffer);
    }

    /** @throws IllegalArgumentException if the buffer is in none of the programs */
    TornadoNativeArray array(Buffer buffer) {
        TornadoNativeArray array = ofBuffers.get(buffer);
        if (array == null) {
            throw new IllegalArgumentException("no compiled program has a buffer " + buffer);
        }
        return array;
    }

    /**
     * Copies values into a buffer's array.
     *
     * @throws IllegalArgumentException if the buffer is unknown, of the other type, or not of that size
     */
    TornadoNativeArray write(Buffer target, float[] values) {
        TornadoNativeArray array = checked(target, Element.FLOAT32, values.length);
        MemorySegment.copy(values, 0, array.getSegment(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return array;
    }

    /** As {@link #write(Buffer, float[])}. */
    TornadoNativeArray write(Buffer target, int[] values) {
        TornadoNativeArray array = checked(target, Element.INT32, values.length);
        MemorySegment.copy(values, 0, array.getSegment(), ValueLayout.JAVA_INT, 0, values.length);
        return array;
    }

    /** Copies a buffer's array into values; as {@link #write(Buffer, float[])}. */
    void read(Buffer source, float[] values) {
        MemorySegment.copy(checked(source, Element.FLOAT32, values.length).getSegment(), ValueLayout.JAVA_FLOAT, 0,
                values, 0, values.length);
    }

    /** As {@link #read(Buffer, float[])}. */
    void read(Buffer source, int[] values) {
        MemorySegment.copy(checked(source, Element.INT32, values.length).getSegment(), ValueLayout.JAVA_INT, 0, values,
                0, values.length);
    }

    private TornadoNativeArray checked(Buffer buffer, Element element, int length) {
        TornadoNativeArray array = array(buffer);
        if (buffer.element() != element || length != buffer.shape().size()) {
            throw new IllegalArgumentException(buffer + " holds " + buffer.shape().size() + " elements of type "
                    + buffer.element() + ", got " + length + " of " + element);
        }
        return array;
    }

    /** Returns the arrays that an op writes. */
    List<TornadoNativeArray> written(Op op) {
        return op.writes().stream().map(this::array).toList();
    }

    FloatArray floatTable(List<Double> values) {
        return (FloatArray) tables.computeIfAbsent(List.of("float", values), _ -> {
            FloatArray table = new FloatArray(Math.max(1, values.size()));
            for (int i = 0; i < values.size(); i++) {
                table.set(i, values.get(i).floatValue());
            }
            return table;
        });
    }

    DoubleArray doubleTable(List<Double> values) {
        return (DoubleArray) tables.computeIfAbsent(List.of("double", values), _ -> {
            DoubleArray table = new DoubleArray(Math.max(1, values.size()));
            for (int i = 0; i < values.size(); i++) {
                table.set(i, values.get(i));
            }
            return table;
        });
    }

    IntArray intTable(int... values) {
        return (IntArray) tables.computeIfAbsent(List.of("int", java.util.Arrays.stream(values).boxed().toList()),
                _ -> IntArray.fromArray(values));
    }

    FloatArray temporaryFloats(int size) {
        return (FloatArray) temporary("float", size, FloatArray::new);
    }

    DoubleArray temporaryDoubles(int size) {
        return (DoubleArray) temporary("double", size, DoubleArray::new);
    }

    IntArray temporaryInts(int size) {
        return (IntArray) temporary("int", size, IntArray::new);
    }

    private TornadoNativeArray temporary(String type, int size, IntFunction<? extends TornadoNativeArray> make) {
        Deque<TornadoNativeArray> alike = free.computeIfAbsent(List.of(type, size), _ -> new ArrayDeque<>());
        TornadoNativeArray array = alike.poll();
        if (array == null) {
            array = make.apply(size);
        }
        taken.put(array, alike);
        return array;
    }

    /** Ends the use of all temporary arrays handed out. */
    void release() {
        taken.forEach((array, alike) -> alike.add(array));
        taken.clear();
    }

    /** Returns what stays on the device from run to run: all but scratch and outputs, and the tables. */
    List<TornadoNativeArray> resident() {
        List<TornadoNativeArray> resident = new ArrayList<>();
        ofBuffers.forEach((buffer, array) -> {
            if (buffer.role() == Role.CONSTANT || buffer.role() == Role.STATE) {
                resident.add(array);
            }
        });
        resident.addAll(tables.values());
        return resident;
    }

    /** Returns the arrays of a program's buffers of a role. */
    List<TornadoNativeArray> ofRole(Program program, Role role) {
        return program.buffers().stream().filter(buffer -> buffer.role() == role).map(this::array).toList();
    }
}
