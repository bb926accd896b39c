package dev.idem.train;

import dev.idem.config.RunConfig;
import dev.idem.io.FileFormatException;
import dev.idem.io.Safetensors;
import dev.idem.io.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checkpoints as safetensors files: a tensor per state buffer, and how far the training has come as metadata. */
final class CheckpointFile {

    private static final String FORMAT = "idem.format";
    private static final String FORMAT_VALUE = "checkpoint 1";
    private static final String BEGUN = "idem.begun";
    private static final String EPOCH = "idem.epoch";
    private static final String STEP_IN_EPOCH = "idem.stepInEpoch";
    private static final String STEP = "idem.step";
    private static final String TARGET_CALLS = "idem.targetCalls";
    private static final String REFINEMENT_CALLS = "idem.refinementCalls";
    private static final String SECONDS = "idem.seconds";

    private CheckpointFile() {}

    static void write(Path file, RunFolder.Saved saved, RunConfig config) throws IOException {
        TrainerProgress progress = saved.checkpoint().progress();
        Map<String, String> metadata = RunFolder.provenance(config);
        metadata.put(FORMAT, FORMAT_VALUE);
        metadata.put(BEGUN, Boolean.toString(progress.begun()));
        metadata.put(EPOCH, Integer.toString(progress.epoch()));
        metadata.put(STEP_IN_EPOCH, Integer.toString(progress.stepInEpoch()));
        metadata.put(STEP, Long.toString(progress.step()));
        metadata.put(TARGET_CALLS, Long.toString(progress.energyCalls().targets()));
        metadata.put(REFINEMENT_CALLS, Long.toString(progress.energyCalls().refinement()));
        metadata.put(SECONDS, Double.toString(saved.seconds()));
        List<Tensor> tensors = new ArrayList<>();
        saved.checkpoint().floats()
                .forEach((name, values) -> tensors.add(new Tensor.Floats(name, values, values.length)));
        saved.checkpoint().ints().forEach((name, values) -> tensors.add(new Tensor.Ints(name, values, values.length)));
        Safetensors.write(file, metadata, tensors);
    }

    static RunFolder.Saved read(Path file) throws IOException {
        Safetensors content = Safetensors.read(file);
        if (!content.metadata(FORMAT).equals(FORMAT_VALUE)) {
            throw new FileFormatException(file, "its format is '" + content.metadata(FORMAT) + "'",
                    "'" + FORMAT_VALUE + "'");
        }
        try {
            TrainerProgress progress = new TrainerProgress(Boolean.parseBoolean(content.metadata(BEGUN)),
                    Integer.parseInt(content.metadata(EPOCH)), Integer.parseInt(content.metadata(STEP_IN_EPOCH)),
                    Long.parseLong(content.metadata(STEP)),
                    new EnergyCalls(Long.parseLong(content.metadata(TARGET_CALLS)),
                            Long.parseLong(content.metadata(REFINEMENT_CALLS))));
            Checkpoint checkpoint = new Checkpoint(progress);
            for (Tensor tensor : content.tensors().values()) {
                switch (tensor) {
                    case Tensor.Floats floats -> checkpoint.floats().put(floats.name(), floats.values());
                    case Tensor.Ints ints -> checkpoint.ints().put(ints.name(), ints.values());
                    default -> throw new FileFormatException(file, "tensor " + tensor.name() + " is " + tensor.type(),
                            "F32 or I32");
                }
            }
            return new RunFolder.Saved(checkpoint, Double.parseDouble(content.metadata(SECONDS)));
        } catch (NumberFormatException e) {
            throw new FileFormatException(file, "its metadata hold no number where one must stand (" + e.getMessage()
                    + ")", "a checkpoint that idem has written");
        }
    }
}
