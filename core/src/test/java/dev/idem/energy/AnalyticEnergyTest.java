package dev.idem.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.fixture.Configurations;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden values are those of the public iDEM code's energies, evaluated in double precision. */
class AnalyticEnergyTest {

    /** A lattice with small displacements; every axis counts up at its own pace. */
    private static double[] lattice(int particles, int edge) {
        double[] x = new double[3 * particles];
        for (int i = 0; i < particles; i++) {
            int plane = i / (edge * edge);
            x[3 * i] = 1.1 * plane + 0.05 * Math.sin(3 * i);
            int line = i / edge % edge;
            x[3 * i + 1] = 1.1 * line + 0.05 * Math.sin(3 * i + 1);
            x[3 * i + 2] = 1.1 * (i % edge) + 0.05 * Math.sin(3 * i + 2);
        }
        return x;
    }

    static Stream<Arguments> doubleWells() {
        return Stream.of(
                Arguments.of(new double[] {0.5, -1, 1.5, 0.25, -2, 0.75, 0.1, 2}, -8.046382042370,
                        new double[] {-23.358472473, -16.817769788, 19.194376611, 20.000480437, 6.061695266,
                                -3.635511700, -1.897599404, 0.452801051}),
                Arguments.of(new double[] {3, 0, -1, 2, -2, -1, 0, -1}, -13.056918422702,
                        new double[] {2.624819802, -2.182655964, -3.039447718, -7.180373959, -15.285404690,
                                3.562964710, 15.700032606, 5.800065212}));
    }

    @ParameterizedTest
    @MethodSource("doubleWells")
    void doubleWellHasThePublishedValues(double[] x, double energy, double[] force) {
        double[] own = new double[8];
        assertThat(PairDoubleWell.dw4().energyAndForce(x, 0, own, 0)).isCloseTo(energy, within(1e-11));
        assertThat(own).containsExactly(force, within(1e-8));
    }

    @Test
    void doubleWellOfASquareHasThePublishedValue() {
        double[] square = {0, 0, 4, 0, 0, 4, 4, 4};
        assertThat(PairDoubleWell.dw4().energy(square, 0)).isCloseTo(-8.396642530754, within(1e-11));
    }

    @Test
    void lennardJonesPairHasThePublishedValue() {
        assertThat(LennardJones.cluster(2).energy(new double[] {0, 0, 0, 0, 0, 1}, 0))
                .isCloseTo(-1.999999999982 + 0.25, within(1e-11));
    }

    static Stream<Arguments> clusters() {
        return Stream.of(
                Arguments.of(13, 3, -24.852531738220, new double[] {7.424559096, 6.006628153, 3.396109927},
                        new double[] {0.691159469, -0.438805718, -2.742636937}, 34.118952215),
                Arguments.of(55, 4, -140.152234140682, new double[] {8.356603033, 8.671961953, 4.769356605},
                        new double[] {10.278862320, 0.674518078, 4.493268709}, 85.641534832));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void lennardJonesClustersHaveThePublishedValues(int particles, int edge, double energy, double[] first,
            double[] sixth, double norm) {
        double[] force = new double[3 * particles];
        double own = LennardJones.cluster(particles).energyAndForce(lattice(particles, edge), 0, force, 0);
        assertThat(own).isCloseTo(energy, within(1e-10));
        double square = 0;
        for (double component : force) {
            square += component * component;
        }
        assertThat(Math.sqrt(square)).isCloseTo(norm, within(1e-8));
        for (int axis = 0; axis < 3; axis++) {
            assertThat(force[axis]).isCloseTo(first[axis], within(1e-8));
            assertThat(force[15 + axis]).isCloseTo(sixth[axis], within(1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#energies")
    void forceIsMinusTheGradient(AnalyticEnergy energy) {
        int dimension = energy.dimension();
        double[] x = new double[dimension + 2];
        System.arraycopy(Configurations.helix(energy), 0, x, 2, dimension);
        double[] force = new double[dimension + 1];
        double value = energy.energyAndForce(x, 2, force, 1);
        assertThat(value).isEqualTo(energy.energy(x, 2));
        for (int axis = 0; axis < dimension; axis++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[axis + 2] += 1e-6;
            down[axis + 2] -= 1e-6;
            double slope = (energy.energy(up, 2) - energy.energy(down, 2)) / 2e-6;
            assertThat(force[axis + 1]).isCloseTo(-slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#particles")
    void hessianIsMinusTheSlopeOfTheForce(ParticleEnergy energy) {
        int dimension = energy.dimension();
        double[] x = new double[dimension + 2];
        System.arraycopy(Configurations.helix(energy), 0, x, 2, dimension);
        double[] hessian = new double[dimension * dimension + 1];
        hessian[dimension * dimension] = 7;
        energy.hessian(x, 2, hessian);
        assertThat(hessian[dimension * dimension]).isEqualTo(7);
        for (int column = 0; column < dimension; column++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[column + 2] += 1e-5;
            down[column + 2] -= 1e-5;
            double[] upForce = new double[dimension];
            double[] downForce = new double[dimension];
            energy.energyAndForce(up, 2, upForce, 0);
            energy.energyAndForce(down, 2, downForce, 0);
            for (int row = 0; row < dimension; row++) {
                double slope = (downForce[row] - upForce[row]) / 2e-5;
                assertThat(hessian[row * dimension + column]).as("%s, %d, %d", energy, row, column).isCloseTo(slope,
                        within(1e-6 * Math.max(1, Math.abs(slope))));
                assertThat(hessian[row * dimension + column]).isCloseTo(hessian[column * dimension + row],
                        within(1e-12 * Math.max(1, Math.abs(slope))));
            }
        }
    }

    @Test
    void energiesWithoutHessianAreRefusedByName() {
        assertThat(ParticleEnergy.withHessian(PairDoubleWell.dw4())).isEqualTo(PairDoubleWell.dw4());
        assertThatThrownBy(() -> ParticleEnergy.withHessian(new Funnel(3)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Hessian")
                .hasMessageContaining("Funnel");
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#particles")
    void particleEnergiesAreTranslationInvariant(ParticleEnergy energy) {
        double[] x = Configurations.helix(energy);
        double[] moved = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            moved[i] = x[i] + 2 + i % energy.axes();
        }
        double value = energy.energy(x, 0);
        assertThat(energy.energy(moved, 0)).isCloseTo(value, within(1e-11 * Math.max(1, Math.abs(value))));
        double[] force = new double[x.length];
        energy.energyAndForce(x, 0, force, 0);
        double[] sums = new double[energy.axes()];
        double largest = 1;
        for (int i = 0; i < x.length; i++) {
            sums[i % sums.length] += force[i];
            largest = Math.max(largest, Math.abs(force[i]));
        }
        assertThat(sums).containsExactly(new double[sums.length], within(1e-14 * x.length * largest));
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#energies")
    void noFinitePointHasANotANumber(AnalyticEnergy energy) {
        for (double size : new double[] {0, 1e-300, 1e-30, 1e10, 1e100, 1e300}) {
            double[] x = new double[energy.dimension()];
            for (int i = 0; i < x.length; i++) {
                x[i] = i % 2 == 0 ? size : -size;
            }
            double value = energy.energy(x, 0);
            assertThat(value).as("%s at %s", energy, size).isNotNaN().isGreaterThan(Double.NEGATIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#particles")
    void particlesAtOnePointHaveNoForce(ParticleEnergy energy) {
        double[] force = new double[energy.dimension()];
        assertThat(energy.energyAndForce(new double[force.length], 0, force, 0)).isFinite();
        assertThat(force).containsOnly(0);
    }

    @Test
    void manyWellKnowsItsNormaliser() {
        assertThat(new ManyWell(32).logNormaliser()).isCloseTo(
                16 * (Math.log(11784.50927) + 0.5 * Math.log(2 * Math.PI)),
                within(1e-7));
        double sum = 0;
        for (double u = -4; u < 4; u += 1e-3) {
            sum += 1e-3 * new ManyWell(2).wellDensity(u);
        }
        assertThat(sum).isCloseTo(1, within(1e-10));
    }

    @Test
    void funnelIsNormalisedAndItsSamplesHaveItsDensity() {
        Funnel funnel = new Funnel(2);
        double sum = 0;
        for (double first = -15; first < 15; first += 0.05) {
            double width = Math.exp(first / 2);
            for (double u = -8; u < 8; u += 0.05) {
                sum += 0.05 * 0.05 * width * Math.exp(-funnel.energy(new double[] {first, u * width}, 0));
            }
        }
        assertThat(sum).isCloseTo(1, within(2e-6)); // the ends are five standard deviations out
        double[] z = {0.7, -1.2, 0.4};
        double[] x = new double[3];
        new Funnel(3).sample(z, 0, x, 0);
        double logNormal = -0.5 * (0.49 + 1.44 + 0.16) - 1.5 * Math.log(2 * Math.PI);
        double logJacobian = Math.log(3) + 2 * 0.5 * x[0];
        assertThat(-new Funnel(3).energy(x, 0)).isCloseTo(logNormal - logJacobian, within(1e-12));
    }

    @Test
    void constantsAreChecked() {
        assertThatThrownBy(() -> LennardJones.cluster(1)).hasMessageContaining("particles").hasMessageContaining("1");
        assertThatThrownBy(() -> new LennardJones(3, 4, 1, 1, 1, 1e-6)).hasMessageContaining("axes");
        assertThatThrownBy(() -> new LennardJones(3, 3, 1, 1, 1, 0)).hasMessageContaining("softening");
        assertThatThrownBy(() -> new LennardJones(3, 3, 1, 1, -1, 1e-6)).hasMessageContaining("oscillator");
        assertThatThrownBy(() -> new PairDoubleWell(4, 2, 0, -4, 0, 4)).hasMessageContaining("quartic");
        assertThatThrownBy(() -> new PairDoubleWell(4, 2, 1, -4, 0, -1)).hasMessageContaining("distance");
        assertThatThrownBy(() -> new ManyWell(3)).hasMessageContaining("even").hasMessageContaining("3");
        assertThatThrownBy(() -> new Funnel(1)).hasMessageContaining("dimension");
    }
}
