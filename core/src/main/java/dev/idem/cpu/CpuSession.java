package dev.idem.cpu;

import dev.idem.backend.Session;
import dev.idem.program.Buffer;
import dev.idem.program.Element;
import dev.idem.program.Program;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Programs compiled to stages, with their memory and their threads. */
final class CpuSession implements Session {

    private final Memory memory;
    /** By identity: hashing a program means hashing all its ops. */
    private final IdentityHashMap<Program, Plan> plans = new IdentityHashMap<>();
    private final WorkerPool pool;

    CpuSession(List<Program> programs, int threads) {
        memory = new Memory(Program.buffersByName(programs).values());
        int arenaSize = 0;
        for (Program program : programs) {
            Plan plan = new StagePlanner(memory, program).plan();
            plans.put(program, plan);
            arenaSize = Math.max(arenaSize, plan.arenaSize());
        }
        pool = new WorkerPool(threads, arenaSize);
    }

    /** A program's stages in order, and the storages it changes. */
    record Plan(PanelPacking packing, List<Stage> stages, List<Storage> changed, int arenaSize) {}

    @Override
    public void write(Buffer target, float[] values) {
        Storage storage = storage(target, Element.FLOAT32, values.length);
        System.arraycopy(values, 0, storage.floats, 0, values.length);
        storage.version++;
    }

    @Override
    public void write(Buffer target, int[] values) {
        Storage storage = storage(target, Element.INT32, values.length);
        System.arraycopy(values, 0, storage.ints, 0, values.length);
        storage.version++;
    }

    @Override
    public void read(Buffer source, float[] values) {
        System.arraycopy(storage(source, Element.FLOAT32, values.length).floats, 0, values, 0, values.length);
    }

    @Override
    public void read(Buffer source, int[] values) {
        System.arraycopy(storage(source, Element.INT32, values.length).ints, 0, values, 0, values.length);
    }

    private Storage storage(Buffer buffer, Element element, int length) {
        Storage storage = memory.storage(buffer);
        if (buffer.element() != element || length != buffer.shape().size()) {
            throw new IllegalArgumentException(
                    buffer + " holds " + buffer.shape().size() + " elements of type " + buffer.element() + ", got "
                            + length
                            + " of " + element);
        }
        return storage;
    }

    @Override
    public void run(Program program, int times) {
        Plan plan = plans.get(program);
        if (plan == null) {
            List<String> known = new ArrayList<>();
            plans.keySet().forEach(p -> known.add(p.name()));
            throw new IllegalArgumentException(
                    "program " + program.name() + " was not compiled into this session, which has " + known);
        }
        if (times < 0) {
            throw new IllegalArgumentException("times must be >= 0, got " + times);
        }
        for (int time = 0; time < times; time++) {
            if (plan.packing.isStale()) {
                pool.run(plan.packing);
            }
            for (int i = 0; i < plan.stages.size(); i++) {
                pool.run(plan.stages.get(i));
            }
            for (int i = 0; i < plan.changed.size(); i++) {
                plan.changed.get(i).version++;
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
