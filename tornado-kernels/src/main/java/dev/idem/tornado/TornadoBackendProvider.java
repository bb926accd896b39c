package dev.idem.tornado;

import dev.idem.backend.Backend;
import dev.idem.backend.BackendProvider;
import dev.idem.program.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Offers the devices of TornadoVM; where it is not installed, one device that says what is missing. */
public final class TornadoBackendProvider implements BackendProvider {

    private static final String NAME = "gpu";
    private static final String DESCRIPTION = "GPU through TornadoVM";

    /** TornadoVM is looked for once: after a failure its classes stay unusable for the life of the process. */
    private static final class Found {

        private static final @Nullable TornadoDevices DEVICES;
        private static final String PROBLEM;

        static {
            TornadoDevices devices = null;
            String problem = "";
            try {
                devices = new TornadoDevices();
                if (devices.list().isEmpty()) {
                    problem = Problems.NO_DEVICE;
                }
            } catch (Exception | LinkageError | AssertionError e) {
                problem = Problems.explain(e);
            } catch (Error e) {
                if (e instanceof VirtualMachineError && !(e instanceof InternalError)) {
                    throw e;
                }
                problem = Problems.explain(e);
            }
            DEVICES = problem.isEmpty() ? devices : null;
            PROBLEM = problem;
        }
    }

    @Override
    public List<Device> devices() {
        TornadoDevices devices = Found.DEVICES;
        return devices == null ? List.of(new Device(NAME, DESCRIPTION, Found.PROBLEM, true)) : devices.list();
    }

    @Override
    public Backend open(Device device, int threads) {
        TornadoDevices devices = Found.DEVICES;
        if (devices == null) {
            throw new IllegalArgumentException("device " + device.name() + " cannot be used: " + Found.PROBLEM);
        }
        TornadoDevice found = devices.find(device).orElseThrow(
                () -> new IllegalArgumentException("there is no device '" + device.name() + "'"));
        String problem = device.accelerator() ? device.problem() : Probe.problem(found);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("device " + device.name() + " cannot be used: " + problem);
        }
        return new TornadoBackend(found);
    }

    @Override
    public List<ProgramCost> costs(List<Program> programs) {
        Arrays arrays;
        try {
            arrays = new Arrays(programs);
        } catch (LinkageError e) {
            return List.of(); // without TornadoVM's API nothing can be lowered
        }
        List<ProgramCost> costs = new ArrayList<>();
        for (Program program : programs) {
            List<Task> tasks = Lowering.tasks(program, arrays);
            costs.add(new ProgramCost(program.name(), tasks.size(), tasks.stream().mapToLong(Task::bytes).sum(),
                    tasks.stream().mapToLong(Task::operations).sum()));
        }
        return costs;
    }
}
