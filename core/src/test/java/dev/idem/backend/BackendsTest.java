package dev.idem.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.backend.BackendProvider.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private static final Device CPU = new Device("cpu", "a CPU", "", false);
    private static final Device POCL = new Device("opencl:0", "the CPU again", "", false);
    private static final Device CARD = new Device("opencl:1", "a card", "", true);
    private static final Device FAULTY = new Device("gpu", "GPU", "the driver is missing", true);

    private static void refuses(String name, List<Device> devices, String... parts) {
        assertThatThrownBy(() -> Backends.choose(name, devices)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void autoTakesAnAcceleratorThatWorksAndNeverTheCpuUnderAnotherName() {
        assertThat(Backends.choose("auto", List.of(CPU, POCL, CARD))).isEqualTo(CARD);
        assertThat(Backends.choose("gpu", List.of(CPU, POCL, CARD))).isEqualTo(CARD);
        assertThat(Backends.choose("auto", List.of(CPU, POCL))).isEqualTo(CPU);
        assertThat(Backends.choose("auto", List.of(CPU, FAULTY))).isEqualTo(CPU);
        assertThat(Backends.choose("opencl:0", List.of(CPU, POCL, CARD))).isEqualTo(POCL);
    }

    @Test
    void saysWhyADeviceIsNotThereAndWhichAre() {
        refuses("opencl:9", List.of(CPU, POCL), "'opencl:9'", "1 of opencl, counted from 0", "auto, cpu, opencl:0");
        refuses("ptx:0", List.of(CPU, POCL), "no device of ptx", "auto, cpu, opencl:0");
        refuses("gpu", List.of(CPU, POCL), "'gpu'", "are the CPU", "auto, cpu, opencl:0");
        refuses("gpu", List.of(CPU, FAULTY), "device gpu cannot be used: the driver is missing");
        refuses("opencl:0", List.of(CPU, FAULTY), "'opencl:0': the driver is missing", "auto, cpu, gpu");
        refuses("opencl:0", List.of(CPU), "built without the GPU backend", "auto, cpu");
        refuses("abacus", List.of(CPU), "there is no device 'abacus'; devices here: auto, cpu");
    }
}
