package dev.idem.tornado;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.program.Buffer;
import dev.idem.program.Program;
import java.util.IdentityHashMap;
import java.util.List;

/** Runs the tasks of the lowering as plain Java: kernels and lowering without any device. */
final class JavaBackend implements Backend {

    @Override
    public Session compile(List<Program> programs) {
        Arrays arrays = new Arrays(programs);
        IdentityHashMap<Program, List<Task>> tasks = new IdentityHashMap<>();
        programs.forEach(program -> tasks.put(program, Lowering.tasks(program, arrays)));
        return new Session() {
            @Override
            public void write(Buffer target, float[] values) {
                arrays.write(target, values);
            }

            @Override
            public void write(Buffer target, int[] values) {
                arrays.write(target, values);
            }

            @Override
            public void run(Program program, int times) {
                for (int time = 0; time < times; time++) {
                    tasks.get(program).forEach(task -> task.kernel().java().run());
                }
            }

            @Override
            public void read(Buffer source, float[] values) {
                arrays.read(source, values);
            }

            @Override
            public void read(Buffer source, int[] values) {
                arrays.read(source, values);
            }

            @Override
            public void close() {
                // nothing to free
            }
        };
    }
}
