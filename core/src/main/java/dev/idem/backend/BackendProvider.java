package dev.idem.backend;

import java.util.List;

/** Offers a backend's devices to {@link Backends}; found by {@link java.util.ServiceLoader}. */
public interface BackendProvider {

    /** Returns the devices found here, usable or not; never throws for want of hardware. */
    List<Device> devices();

    /**
     * Opens a device.
     *
     * @param device one of {@link #devices}
     * @param threads number of worker threads for a device that is the CPU; ignored by others
     */
    Backend open(Device device, int threads);

    /**
     * A device, as {@code idem devices} lists it.
     *
     * @param name what {@code --device} takes, as {@code cpu} or {@code opencl:0}
     * @param description hardware and properties, for people
     * @param problem why it cannot be used and what to install; empty if it can
     */
    record Device(String name, String description, String problem) {

        /** Returns whether the device can be used. */
        public boolean usable() {
            return problem.isEmpty();
        }
    }
}
