package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users' own energies: the worked example in {@code examples/own-energy}, and classes that are none. */
class OwnEnergyTest {

    private static final String CLASS = """
            public class Mine implements dev.idem.energy.HostEnergy {
                public int dimension() { return 2; }
                public void evaluate(float[] x, int rows, double[] energy, float[] gradient) { %s }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void trainsTheWorkedExample() throws IOException {
        Path example = Sources.ofRepository("examples/own-energy");
        Sources.compile(example.resolve("Ring.java"), folder);
        Path jar = folder.resolve("ring.jar");
        Sources.pack(folder, jar);
        List<String> command = trainCommand(Files.readString(example.resolve("README.md")));
        command.replaceAll(word -> word.equals("ring.jar") ? jar.toString() : word);
        Path run = folder.resolve("run");
        command.addAll(List.of("--out", run.toString()));

        IdemRun training = IdemRun.trainTiny(command.toArray(String[]::new));

        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.err()).contains("Ring in dimension 2");
        JsonNode summary = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
        assertThat(summary.get("energyCalls").longValue()).isEqualTo(6 * 16 * 16);
        assertThat(summary.get("metrics").get("infiniteShare").get("value").doubleValue()).isZero();
        assertThat(Files.size(run.resolve("samples.png"))).isGreaterThan(1000);
        IdemRun sampling = IdemRun.of("sample", run.toString(), "--count", "10", "--out",
                folder.resolve("s.npy").toString());
        assertThat(sampling.exitCode()).as(sampling.err()).isZero();
    }

    /** Returns the arguments of the one train command of a text. */
    private static List<String> trainCommand(String text) {
        List<String> commands = text.lines().filter(line -> line.contains("idem train ")).toList();
        assertThat(commands).hasSize(1);
        return new ArrayList<>(List.of(commands.getFirst().replaceFirst(".*idem train ", "").split(" ")));
    }

    private IdemRun train(String text) throws IOException {
        Sources.compile("Mine", text, folder);
        return IdemRun.trainTiny("--energy", "Mine", "--classpath", folder.toString(), "--out",
                folder.resolve("run").toString(), "--quiet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"energy[0] = Double.NaN; | NaN",
            "energy[0] = Double.NEGATIVE_INFINITY; | -Infinity", "gradient[0] = Float.NaN; | NaN",
            "throw new IllegalStateException(\"trouble\"); | the energy threw java.lang.IllegalStateException: trouble",
            "throw new IllegalArgumentException(\"mine\"); | the energy threw java.lang.IllegalArgumentException: mine",
            "Object nothing = null; nothing.hashCode(); | the energy threw java.lang.NullPointerException",
            "energy[-1] = 0; | the energy threw java.lang.ArrayIndexOutOfBoundsException: Index -1",
            "evaluate(x, rows, energy, gradient); | the energy threw java.lang.StackOverflowError"})
    void failsInOneLineWhereTheEnergyFails(String body, String message) throws IOException {
        IdemRun run = train(CLASS.formatted(body));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.errorLine()).startsWith("idem: ").contains(message).doesNotContain("internal error");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void takesWallsForWhatTheyAre() throws IOException {
        IdemRun run = train(CLASS.formatted("""
                for (int row = 0; row < rows; row++) {
                    double r = x[2 * row] * x[2 * row] + x[2 * row + 1] * x[2 * row + 1];
                    energy[row] = r > 9 ? Double.POSITIVE_INFINITY : r / 2;
                    gradient[2 * row] = r > 9 ? Float.NaN : x[2 * row];
                    gradient[2 * row + 1] = r > 9 ? Float.NaN : x[2 * row + 1];
                }"""));

        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "public class Mine { } | class Mine is not an energy",
            "public abstract class Mine implements dev.idem.energy.HostEnergy { } | class Mine needs to be public",
            "public class Mine { public Mine(int x) { } } | energy class Mine needs to be public",
            "public class Mine { public Mine() { throw new Error(\"\"); } } | the constructor of energy class Mine",
            "public class Mine { static { if (true) throw new RuntimeException(\"no\"); } } | cannot be loaded"})
    void refusesWhatIsNoEnergy(String text, String message) throws IOException {
        IdemRun run = train(text);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: ").contains(message);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void refusesEnergiesOfNoDimension() throws IOException {
        IdemRun run = train(CLASS.formatted("").replace("return 2", "return 0"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("dimension 0");
    }
}
