package dev.idem.tornado;

import dev.idem.backend.BackendProvider.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of TornadoVM under idem's names, {@code opencl:0}, {@code ptx:0}. Found once; accelerators are probed then. */
final class TornadoDevices {

    private final Map<Device, TornadoDevice> devices = new LinkedHashMap<>();

    /** Looks for devices; fails in many ways, with errors too, where TornadoVM is not installed well. */
    TornadoDevices() {
        String settings = String.join("; ", Settings.problems());
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        for (int b = 0; b < runtime.getNumBackends(); b++) {
            TornadoBackend backend = runtime.getBackend(b);
            String kind = backend.getBackendType().name().toLowerCase(Locale.ROOT);
            for (int d = 0; d < backend.getNumDevices(); d++) {
                TornadoDevice device = backend.getDevice(d);
                boolean accelerator = device.getDeviceType() != TornadoDeviceType.CPU;
                String problem = settings.isEmpty() && accelerator ? Probe.problem(device) : settings;
                devices.put(new Device(kind + ":" + d, description(device, accelerator), problem, accelerator), device);
            }
        }
    }

    private static String description(TornadoDevice device, boolean accelerator) {
        String name = device.getPhysicalDevice().getDeviceName().strip() + ", " + device.getPlatformName().strip()
                + ", "
                + (device.getMaxGlobalMemory() >> 20) + " MB";
        return accelerator ? name : name + "; the CPU again, for tests only and never chosen by auto";
    }

    List<Device> list() {
        return new ArrayList<>(devices.keySet());
    }

    Optional<TornadoDevice> find(Device device) {
        return Optional.ofNullable(devices.get(device));
    }
}
