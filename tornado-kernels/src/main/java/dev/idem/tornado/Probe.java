package dev.idem.tornado;

import dev.idem.tornado.kernel.ProbeKernels;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Finds out whether a device can be trusted, by one small graph whose results are known. */
final class Probe {

    private static final int ITEMS = 64;
    private static final String[] WHAT = {"random words", "random words", "random words", "random words",
            "the test for NaN", "infinity less infinity", "comparison with NaN", "double precision"};

    private Probe() {}

    /** Returns why the device cannot be used; empty if it can. */
    static String problem(TornadoDevice device) {
        FloatArray specials = FloatArray.fromElements(Float.NaN, Float.POSITIVE_INFINITY, 1f, Float.POSITIVE_INFINITY);
        IntArray expected = new IntArray(ITEMS * ProbeKernels.RESULTS);
        ProbeKernels.probe(specials, expected, ITEMS);
        IntArray actual = new IntArray(expected.getSize());
        TaskGraph graph = new TaskGraph("probe").transferToDevice(DataTransferMode.EVERY_EXECUTION, specials)
                .task("probe", ProbeKernels::probe, specials, actual, ITEMS)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, actual);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            plan.withProfiler(ProfilerMode.SILENT);
            TornadoExecutionResult result = plan.execute();
            if (result.getProfilerResult().getDeviceKernelTime() <= 0) {
                return "a kernel did not run on it";
            }
        } catch (Exception | Error e) {
            return "a small kernel fails: " + Messages.plain(e);
        }
        for (int i = 0; i < expected.getSize(); i++) {
            if (actual.get(i) != expected.get(i)) {
                return "it gets " + WHAT[i % ProbeKernels.RESULTS] + " wrong";
            }
        }
        return "";
    }
}
