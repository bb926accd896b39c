package dev.idem.tornado;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.backend.Backend;
import dev.idem.backend.BackendProvider.Device;
import java.util.Optional;

/** The device that the tests run on: the first that TornadoVM finds. */
final class Devices {

    private Devices() {}

    /** Opens it, or skips the test with the reason. */
    static Backend open() {
        TornadoBackendProvider provider = new TornadoBackendProvider();
        Optional<Device> device = provider.devices().stream().filter(Device::usable).findFirst();
        assumeTrue(device.isPresent(), "no device: " + provider.devices());
        return provider.open(device.orElseThrow(), 1);
    }
}
