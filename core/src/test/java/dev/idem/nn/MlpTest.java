package dev.idem.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.reference.ReferenceBackend;
import dev.idem.reference.ReferenceSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The network against values of the published module, and its initial parameters. */
class MlpTest {

    private static final Mlp SMALL = new Mlp(2, 8, 3, 8, Activation.GELU, 25, 1);

    /**
     * Values of {@code MyMLP(hidden_size=8, hidden_layers=3, emb_size=8)} of jarridrb/DEM at 8e95319 in double precision,
     * with parameter number n of its tensors, row-major [out][in], set to 0.3 cos(0.37 n + 0.1).
     */
    @Test
    void agreesWithThePublishedNetwork() {
        assertThat(run(0.3, 0.5, -0.25)).containsExactly(new double[] {-0.296998895298, -0.184899185137},
                within(1e-11));
        assertThat(run(0.9, -0.9, 0.1)).containsExactly(new double[] {-0.241392074229, -0.278892181211},
                within(1e-11));
    }

    private static double[] run(double time, double x, double y) {
        Buffer parameters = Buffer.floats("parameters", SMALL.layout().size(), 1, Role.STATE);
        Buffer points = Buffer.floats("points", 1, 2, Role.INPUT);
        Buffer times = Buffer.floats("times", 1, 1, Role.INPUT);
        ProgramBuilder builder = new ProgramBuilder("network", 0);
        Buffer output = SMALL.apply(builder, parameters, points, times);
        Program program = builder.build();
        try (ReferenceSession session = new ReferenceBackend().compile(List.of(program))) {
            session.write(parameters, publishedParameters());
            session.write(points, new double[] {x, y});
            session.write(times, new double[] {time});
            session.run(program, 1);
            double[] values = new double[2];
            session.read(output, values);
            return values;
        }
    }

    private static double[] publishedParameters() {
        double[] parameters = new double[SMALL.layout().size()];
        int n = 0;
        for (ParameterLayout.Slice slice : SMALL.layout().slices()) {
            for (int out = 0; out < slice.columns(); out++) {
                for (int in = 0; in < slice.rows(); in++) {
                    parameters[slice.offset() + in * slice.columns() + out] = 0.3 * Math.cos(0.37 * n + 0.1);
                    n++;
                }
            }
        }
        return parameters;
    }

    @Test
    void hasThePublishedNumberOfParameters() {
        assertThat(new Mlp(2, 128, 3, 128, Activation.GELU, 25, 1).layout().size()).isEqualTo(99_074);
    }

    @Test
    void initialParametersAreUniformInTheirBoundsAndDependOnTheSeed() {
        Mlp mlp = new Mlp(2, 64, 2, 32, Activation.GELU, 25, 1);
        float[] parameters = mlp.initialParameters(1, false);
        for (ParameterLayout.Slice slice : mlp.layout().slices()) {
            double bound = 1 / Math.sqrt(slice.fanIn());
            double square = 0;
            for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
                assertThat(Math.abs(parameters[i])).isLessThanOrEqualTo((float) bound);
                square += parameters[i] * parameters[i] / (bound * bound);
            }
            if (slice.size() > 1000) { // the mean square of a uniform number in [-1, 1] is 1/3 +- 0.3/sqrt(n)
                assertThat(square / slice.size()).isCloseTo(1.0 / 3, within(1.2 / Math.sqrt(slice.size())));
            }
        }
        assertThat(mlp.initialParameters(2, false)).isNotEqualTo(parameters);
        assertThat(mlp.initialParameters(1, false)).isEqualTo(parameters);
    }

    @Test
    void zeroOutputStartsAsTheZeroFunction() {
        float[] parameters = SMALL.initialParameters(3, true);
        ParameterLayout.Slice weight = SMALL.layout().slice("output.weight");
        for (int i = weight.offset(); i < parameters.length; i++) {
            assertThat(parameters[i]).isZero();
        }
        assertThat(parameters[0]).isNotZero();
    }
}
