package dev.idem.backend;

import dev.idem.program.Program;
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

    /** Returns what programs cost on this provider's devices, in order; empty if it has no model of that. */
    default List<ProgramCost> costs(List<Program> programs) {
        return List.of();
    }

    /**
     * What a run of a program costs, from its lowering.
     *
     * @param program name of the program
     * @param tasks launches of kernels
     * @param bytes lower bound of the memory traffic: each array of each launch moved once
     * @param operations estimate of the floating-point operations
     */
    record ProgramCost(String program, int tasks, long bytes, long operations) {}

    /**
     * A device, as {@code idem devices} lists it.
     *
     * @param name what {@code --device} takes, as {@code cpu} or {@code opencl:0}
     * @param description hardware and properties, for people
     * @param problem why it cannot be used and what to install; empty if it can
     * @param accelerator whether it is hardware other than the CPU, which {@code auto} prefers
     */
    record Device(String name, String description, String problem, boolean accelerator) {

        /** Returns whether the device can be used. */
        public boolean usable() {
            return problem.isEmpty();
        }
    }
}
