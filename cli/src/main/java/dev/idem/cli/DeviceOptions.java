package dev.idem.cli;

import dev.idem.backend.Backends;
import dev.idem.backend.Processors;
import dev.idem.train.TrainedSampler;
import dev.idem.train.Training;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where to compute; results do not depend on it but for rounding between kinds of devices. */
final class DeviceOptions {

    @Option(names = "--threads", paramLabel = "N",
            description = "Worker threads of the CPU; default: one per physical core. Results do not depend on it.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--device", paramLabel = "D", description = "Device, see 'idem devices'; default: auto.")
    private String device = Backends.AUTO;

    int threads() {
        int count = threads.orElseGet(Processors::physicalCores);
        if (count < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, got " + count);
        }
        return count;
    }

    void apply(Training training) {
        training.device(device).threads(threads());
    }

    void apply(TrainedSampler sampler) {
        sampler.device(device).threads(threads());
    }
}
