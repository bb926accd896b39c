package dev.idem.train;

import dev.idem.config.RunConfig;
import dev.idem.io.FileFormatException;
import dev.idem.io.Safetensors;
import dev.idem.io.Tensor;
import dev.idem.nn.ParameterLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Trained weights as a safetensors file: a tensor per layer, [in][out], with the run's configuration as metadata. */
final class WeightsFile {

    private static final String WIDTH = "idem.learnedWidth";

    private WeightsFile() {}

    static void write(Path file, ParameterLayout layout, TrainedSampler.Weights weights, RunConfig config)
            throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (ParameterLayout.Slice slice : layout.slices()) {
            float[] values = Arrays.copyOfRange(weights.values(), slice.offset(), slice.offset() + slice.size());
            tensors.add(new Tensor.Floats(slice.name(), values, slice.rows(), slice.columns()));
        }
        Map<String, String> metadata = RunFolder.provenance(config);
        metadata.put(WIDTH, Double.toString(weights.learnedWidth()));
        Safetensors.write(file, metadata, tensors);
    }

    static TrainedSampler.Weights read(Path file, ParameterLayout layout) throws IOException {
        Safetensors content = Safetensors.read(file);
        float[] weights = new float[layout.size()];
        for (ParameterLayout.Slice slice : layout.slices()) {
            float[] values = content.floats(slice.name(), slice.rows(), slice.columns());
            System.arraycopy(values, 0, weights, slice.offset(), values.length);
        }
        try {
            return new TrainedSampler.Weights(weights, Double.parseDouble(content.metadata(WIDTH)));
        } catch (NumberFormatException e) {
            throw new FileFormatException(file, "its metadata " + WIDTH + " is '" + content.metadata(WIDTH) + "'",
                    "a number");
        }
    }
}
