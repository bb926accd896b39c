package dev.idem.tornado;

import dev.idem.backend.Session;
import dev.idem.program.Buffer;
import dev.idem.program.Program;
import dev.idem.program.Role;
import dev.idem.tornado.kernel.ReductionKernels;
import dev.idem.tornado.kernel.TileKernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * One plan of task graphs: graph 0 uploads all resident arrays, the further graphs are programs, or pieces of one.
 *
 * <p>Every graph consumes and persists the <em>whole</em> resident list, used or not: TornadoVM takes a shared array from the graph that
 * ran just before, whatever the name given. Arrays of the host and of the device agree until one side changes: a write marks the host
 * newer, and graph 0 runs before the next program; a run marks the device newer, and a read fetches what it asks for.
 */
final class TornadoSession implements Session {

    private final Arrays arrays;
    private final List<TornadoNativeArray> resident;
    /** Indices of each program's graphs; by identity, for hashing a program means hashing all its ops. */
    private final IdentityHashMap<Program, List<Integer>> graphs = new IdentityHashMap<>();
    private final Set<TornadoNativeArray> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Integer> ran = new LinkedHashSet<>();
    private final GridScheduler grids = new GridScheduler();
    private final TornadoExecutionPlan plan;
    private @Nullable TornadoExecutionResult last;
    private final int count;
    private boolean hostNewer = true;

    TornadoSession(List<Program> programs, TornadoDevice device) {
        arrays = new Arrays(programs);
        List<List<List<Task>>> pieces = programs.stream()
                .map(program -> Graphs.split(Lowering.tasks(program, arrays))).toList();
        FloatArray touch = new FloatArray(1);
        resident = resident(pieces, touch);
        checkMemory(Graphs.bytes(pieces.stream().flatMap(List::stream).toList(), resident));
        List<ImmutableTaskGraph> snapshots = new ArrayList<>();
        snapshots.add(new TaskGraph("init").transferToDevice(DataTransferMode.EVERY_EXECUTION, resident.toArray())
                .task("touch", ReductionKernels::fill, touch, 1, 0f).persistOnDevice(resident.toArray()).snapshot());
        for (int p = 0; p < programs.size(); p++) {
            List<Integer> indices = new ArrayList<>();
            for (List<Task> piece : pieces.get(p)) {
                indices.add(snapshots.size());
                snapshots.add(graph("g" + snapshots.size(), programs.get(p), piece));
            }
            graphs.put(programs.get(p), indices);
        }
        count = snapshots.size();
        plan = new TornadoExecutionPlan(snapshots.toArray(ImmutableTaskGraph[]::new));
        plan.withDevice(device);
        if (!grids.keySet().isEmpty()) {
            plan.withGridScheduler(grids);
        }
        fresh.addAll(resident);
    }

    /** Returns all that stays on the device between graphs, once each. */
    private List<TornadoNativeArray> resident(List<List<List<Task>>> pieces, FloatArray touch) {
        Set<TornadoNativeArray> all = Collections.newSetFromMap(new IdentityHashMap<>());
        List<TornadoNativeArray> ordered = new ArrayList<>();
        List<TornadoNativeArray> wanted = new ArrayList<>(arrays.resident());
        wanted.add(touch);
        pieces.forEach(program -> Graphs.shared(program).forEach(array -> wanted.add((TornadoNativeArray) array)));
        for (TornadoNativeArray array : wanted) {
            if (all.add(array)) {
                ordered.add(array);
            }
        }
        return List.copyOf(ordered);
    }

    private static void checkMemory(long needed) {
        long cap = Settings.deviceMemory();
        if (needed > cap) {
            throw new IllegalArgumentException("the buffers take " + (needed >> 20) + " MB on the device, and "
                    + (cap >> 20) + " MB are allowed; -Dtornado.device.memory=…GB in IDEM_JAVA_OPTS raises that");
        }
    }

    private ImmutableTaskGraph graph(String name, Program program, List<Task> tasks) {
        TaskGraph graph = new TaskGraph(name).consumeFromDevice(resident.toArray());
        List<TornadoNativeArray> inputs = arrays.ofRole(program, Role.INPUT);
        // Cut programs keep what their pieces share resident, inputs and outputs too.
        if (!inputs.isEmpty()) {
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, inputs.toArray());
        }
        for (Task task : tasks) {
            try {
                graph = task.kernel().append().to(graph, task.id());
                Task.Groups groups = task.groups();
                if (groups != null) {
                    WorkerGrid grid = new WorkerGrid2D(groups.x() * TileKernels.ITEMS, groups.y() * TileKernels.ITEMS);
                    grid.setLocalWork(TileKernels.ITEMS, TileKernels.ITEMS, 1);
                    grids.addWorkerGrid(name + "." + task.id(), grid);
                }
            } catch (RuntimeException e) {
                throw new IllegalStateException("program " + program.name() + ", " + task.id()
                        + ": the device's compiler refuses the kernel: " + Messages.plain(e), e);
            }
        }
        List<TornadoNativeArray> outputs = arrays.ofRole(program, Role.OUTPUT);
        if (!outputs.isEmpty()) {
            graph.transferToHost(DataTransferMode.EVERY_EXECUTION, outputs.toArray());
        }
        // Scratch goes first, so that closing frees it before it meets a shared array that is already free.
        Set<Object> scratch = Collections.newSetFromMap(new IdentityHashMap<>());
        tasks.forEach(task -> scratch.addAll(task.arrays()));
        resident.forEach(scratch::remove);
        inputs.forEach(scratch::remove);
        outputs.forEach(scratch::remove);
        List<Object> persisted = new ArrayList<>(scratch);
        persisted.addAll(resident);
        return graph.persistOnDevice(persisted.toArray()).snapshot();
    }

    @Override
    public void write(Buffer target, float[] values) {
        fetchAll();
        arrays.write(target, values);
        hostNewer = true;
    }

    @Override
    public void write(Buffer target, int[] values) {
        fetchAll();
        arrays.write(target, values);
        hostNewer = true;
    }

    @Override
    public void read(Buffer source, float[] values) {
        fetch(arrays.array(source));
        arrays.read(source, values);
    }

    @Override
    public void read(Buffer source, int[] values) {
        fetch(arrays.array(source));
        arrays.read(source, values);
    }

    /** Before a write: all resident arrays go up again, so all must be here. */
    private void fetchAll() {
        resident.forEach(this::fetch);
    }

    private void fetch(TornadoNativeArray array) {
        if (last != null && !fresh.contains(array) && resident.stream().anyMatch(other -> other == array)) {
            last.transferToHost(array);
            fresh.add(array);
        }
    }

    @Override
    public void run(Program program, int times) {
        List<Integer> indices = graphs.get(program);
        if (indices == null) {
            throw new IllegalArgumentException("program " + program.name()
                    + " was not compiled into this session, which has "
                    + graphs.keySet().stream().map(Program::name).toList());
        }
        if (times < 0) {
            throw new IllegalArgumentException("times must be >= 0, got " + times);
        }
        if (times > 0 && hostNewer) {
            execute(0);
            hostNewer = false;
        }
        for (int time = 0; time < times; time++) {
            indices.forEach(this::execute);
            fresh.clear();
        }
    }

    /** Runs a graph; the first time with the profiler, as proof that the device did it. */
    private void execute(int graph) {
        try {
            boolean first = ran.add(graph);
            if (first) {
                plan.withProfiler(ProfilerMode.SILENT);
            }
            TornadoExecutionResult result = plan.withGraph(graph).execute();
            last = result;
            if (first) {
                long time = result.getProfilerResult().getDeviceKernelTime();
                plan.withoutProfiler();
                if (time <= 0) {
                    throw new IllegalStateException("graph " + graph + " did not run on the device");
                }
            }
        } catch (RuntimeException | TornadoInternalError e) {
            throw new IllegalStateException("the device failed: " + Messages.plain(e), e);
        }
    }

    @Override
    public void close() {
        for (int graph = 0; graph < count; graph++) {
            try {
                plan.withGraph(graph);
                plan.close();
            } catch (TornadoExecutionPlanException | RuntimeException | TornadoInternalError _) {
                // An array that an earlier graph's turn has freed; this graph's own come before it in its list and are free by now.
            }
        }
    }
}
