package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.LennardJones;
import dev.idem.energy.ParticleEnergy;
import dev.idem.fixture.Configurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Energies and forces of lanes against the definitions in double precision. */
class LaneEnergyTest {

    private record Group(float[][] rows, float[] energy, float[] force) {}

    /** Evaluates 16 configurations; each element is that of the helix plus size times a pattern. */
    private static Group evaluate(AnalyticEnergy energy, double centre, double size) {
        LaneEnergy lanes = LaneEnergy.of(energy);
        double[] helix = Configurations.helix(energy);
        float[] x = new float[lanes.slots() * Lanes.LOGICAL];
        float[][] rows = new float[Lanes.LOGICAL][helix.length];
        for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
            for (int c = 0; c < helix.length; c++) {
                rows[lane][c] = (float) (centre * helix[c] + size * Math.sin(3.7 * lane + 1.3 * c));
                x[lanes.slot(c) * Lanes.LOGICAL + lane] = rows[lane][c];
            }
        }
        float[] values = new float[2 * Lanes.LOGICAL];
        float[] force = new float[x.length];
        lanes.energies(x, values, Lanes.LOGICAL);
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            lanes.forces(x, lane, force);
        }
        return new Group(rows, values, force);
    }

    private static double[] doubles(float[] row) {
        double[] x = new double[row.length];
        for (int c = 0; c < x.length; c++) {
            x[c] = row[c];
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#energies")
    void agreesWithTheDefinition(AnalyticEnergy energy) {
        LaneEnergy lanes = LaneEnergy.of(energy);
        assertThat(lanes.dimension()).isEqualTo(energy.dimension());
        for (double size : new double[] {0, 0.1, 0.3}) {
            Group group = evaluate(energy, 1, size);
            double[] force = new double[energy.dimension()];
            for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
                double expected = energy.energyAndForce(doubles(group.rows[lane]), 0, force, 0);
                assertThat((double) group.energy[Lanes.LOGICAL + lane])
                        .isCloseTo(expected, within(3e-6 * (energy.dimension() + Math.abs(expected))));
                double largest = 1;
                for (double component : force) {
                    largest = Math.max(largest, Math.abs(component));
                }
                for (int c = 0; c < force.length; c++) {
                    assertThat((double) group.force[lanes.slot(c) * Lanes.LOGICAL + lane]).as("%s, %d", energy, c)
                            .isCloseTo(force[c], within(2e-6 * (energy.dimension() + largest)));
                }
            }
        }
    }

    /** All particles at one point, nearly so, and far away: energies may be +∞, forces of finite energies may not. */
    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#energies")
    void extremesAreNotANumberNowhere(AnalyticEnergy energy) {
        for (double size : new double[] {0, 1e-30, 1e-12, 1e-5, 1e-3, 0.03, 10, 1e5, 1e9, 1e15, 1e25}) {
            Group group = evaluate(energy, 0, size);
            for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
                float value = group.energy[Lanes.LOGICAL + lane];
                assertThat(value).as("%s at %s", energy, size).isNotNaN().isGreaterThan(Float.NEGATIVE_INFINITY);
                for (int at = lane; value < 1e37f && at < group.force.length; at += Lanes.LOGICAL) {
                    assertThat(Float.isFinite(group.force[at])).as("%s at %s: %s", energy, size, value).isTrue();
                }
                if (energy instanceof ParticleEnergy && size == 0) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#particles")
    void particlesAtOnePointHaveNoForce(ParticleEnergy energy) {
        assertThat(evaluate(energy, 0, 0).force).containsOnly(0f);
    }

    @Test
    void aLargeClusterAgreesWithTheDefinition() {
        agreesWithTheDefinition(LennardJones.cluster(55));
    }
}
