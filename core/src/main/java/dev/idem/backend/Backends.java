package dev.idem.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Looks up backends by device name. */
public final class Backends {

    /** The device name that takes the best device that works. */
    public static final String AUTO = "auto";

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
     * Returns the usable device of that name; {@link #AUTO} takes a device that is not the CPU if one works.
     *
     * @throws IllegalArgumentException if there is no such device or it cannot be used
     */
    public static BackendProvider.Device device(String name) {
        List<BackendProvider.Device> devices = devices();
        if (name.equals(AUTO)) {
            return devices.stream().filter(BackendProvider.Device::usable)
                    .filter(device -> !device.name().startsWith("cpu")).findFirst().orElseGet(() -> device("cpu"));
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
        throw new IllegalArgumentException(
                "there is no device '" + name + "'; devices here: " + String.join(", ", names));
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
