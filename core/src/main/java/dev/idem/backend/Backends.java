package dev.idem.backend;

import dev.idem.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Looks up backends by device name. */
public final class Backends {

    /** The name of our own CPU backend's device. */
    public static final String CPU = "cpu";

    /** The device name that takes the best device that works. */
    public static final String AUTO = "auto";

    /** The device name that takes the first accelerator that works. */
    public static final String GPU = "gpu";

    /** What is said where no provider but the CPU's is there. */
    public static final String NO_GPU_BACKEND = "this idem.jar was built without the GPU backend; build it where TORNADOVM_HOME is "
            + "set, or with -Ptornado, see docs/gpu.md";

    private Backends() {}

    /** Returns all devices that the providers on the class path know of. */
    public static List<BackendProvider.Device> devices() {
        List<BackendProvider.Device> devices = new ArrayList<>();
        for (BackendProvider provider : providers()) {
            devices.addAll(provider.devices());
        }
        return devices;
    }

    /**
     * Returns the usable device of that name; {@link #AUTO} takes an accelerator if one works, else the CPU;
     * {@link #GPU} the former only.
     *
     * @throws IllegalArgumentException if there is no such device or it cannot be used
     */
    public static BackendProvider.Device device(String name) {
        return choose(name, devices());
    }

    /** As {@link #device}, of these devices. */
    static BackendProvider.Device choose(String name, List<BackendProvider.Device> devices) {
        Optional<BackendProvider.Device> accelerator = accelerator(devices);
        if (name.equals(GPU) && accelerator.isPresent()) {
            return accelerator.orElseThrow();
        }
        if (name.equals(AUTO)) {
            return accelerator.orElseGet(() -> choose(CPU, devices));
        }
        List<String> names = new ArrayList<>(List.of(AUTO));
        for (BackendProvider.Device device : devices) {
            if (device.name().equals(name)) {
                if (!device.usable()) {
                    throw new IllegalArgumentException("device " + name + " cannot be used: " + device.problem());
                }
                return device;
            }
            names.add(device.name());
        }
        throw new IllegalArgumentException("there is no device '" + name + "'" + reason(name, devices)
                + "; devices here: " + String.join(", ", names));
    }

    /** Returns why a device that one could expect is not there, after a colon; empty for other names. */
    private static String reason(String name, List<BackendProvider.Device> devices) {
        String kind = name.split(":", 2)[0];
        if (!name.equals(GPU) && name.equals(kind)) {
            return "";
        }
        List<BackendProvider.Device> others = devices.stream().filter(device -> !device.name().equals(CPU)).toList();
        if (others.isEmpty()) {
            return ": " + NO_GPU_BACKEND;
        }
        Optional<BackendProvider.Device> faulty = others.stream().filter(device -> !device.usable())
                .filter(device -> name.equals(GPU) || device.name().equals(GPU) || device.name().startsWith(kind + ":"))
                .findFirst();
        if (faulty.isPresent()) {
            return ": " + faulty.orElseThrow().problem();
        }
        if (name.equals(GPU)) {
            return ": the devices of OpenCL here are the CPU, which is taken under its own name only";
        }
        long count = others.stream().filter(device -> device.name().startsWith(kind + ":")).count();
        return count == 0
                ? ": TornadoVM finds no device of " + kind
                : ": TornadoVM finds " + count + " of " + kind + ", counted from 0";
    }

    private static Optional<BackendProvider.Device> accelerator(List<BackendProvider.Device> devices) {
        return devices.stream().filter(BackendProvider.Device::usable).filter(BackendProvider.Device::accelerator)
                .findFirst();
    }

    /** Returns what programs cost on the devices of the first provider that has a model of that; empty if none has. */
    public static List<BackendProvider.ProgramCost> costs(List<Program> programs) {
        return providers().stream().map(provider -> provider.costs(programs)).filter(costs -> !costs.isEmpty())
                .findFirst().orElseGet(List::of);
    }

    /**
     * Opens a device.
     *
     * @param threads number of worker threads of the CPU backend, at least one
     * @throws IllegalArgumentException if no provider has the device
     */
    public static Backend open(BackendProvider.Device device, int threads) {
        for (BackendProvider provider : providers()) {
            if (provider.devices().contains(device)) {
                return provider.open(device, threads);
            }
        }
        throw new IllegalArgumentException("there is no device '" + device.name() + "'");
    }

    private static List<BackendProvider> providers() {
        List<BackendProvider> providers = new ArrayList<>();
        ServiceLoader.load(BackendProvider.class).stream().forEach(found -> {
            try {
                providers.add(found.get());
            } catch (ServiceConfigurationError | LinkageError e) {
                throw new IllegalStateException("backend " + found.type().getName() + " cannot be loaded: " + e, e);
            }
        });
        return providers;
    }
}
