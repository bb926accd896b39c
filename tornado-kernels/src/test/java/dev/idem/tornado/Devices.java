package dev.idem.tornado;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.backend.Backend;
import dev.idem.backend.BackendProvider.Device;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The device that the tests run on: the first that TornadoVM finds. */
final class Devices {

    private Devices() {}

    /** Opens it, or skips the test with the reason. */
    static Backend open() {
        return new TornadoBackendProvider().open(find(), 1);
    }

    /** Returns its name, or skips the test with the reason. */
    static String name() {
        return find().name();
    }

    private static Device find() {
        List<Device> devices = new TornadoBackendProvider().devices();
        Optional<Device> usable = devices.stream().filter(Device::usable).findFirst();
        assumeTrue(usable.isPresent(), () -> "needs a device of TornadoVM: "
                + devices.stream().map(Device::problem).distinct().collect(Collectors.joining("; ")));
        return usable.orElseThrow();
    }
}
