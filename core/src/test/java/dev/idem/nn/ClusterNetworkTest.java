package dev.idem.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The size of the network that was studied, and its start at zero. */
class ClusterNetworkTest {

    private static final ClusterNetwork STUDIED = new ClusterNetwork(13, 3, 64, 3, RadialBases.pairs(0.681),
            RadialBases.nodes(0.681));

    @Test
    void hasTheParametersOfTheStudy() {
        assertThat(STUDIED.pairs().size()).isEqualTo(43);
        assertThat(STUDIED.nodes().size()).isEqualTo(12);
        assertThat(STUDIED.layout().size()).isEqualTo(98_944);
    }

    @Test
    void startsWithoutMoves() {
        float[] parameters = STUDIED.initialParameters(1);
        for (ParameterLayout.Slice slice : STUDIED.layout().slices()) {
            boolean zero = slice.name().matches("layer..move.weight|layer..\\w+Gain.(weight|bias)|position.weight");
            float first = parameters[slice.offset()];
            assertThat(first == 0f).as(slice.name()).isEqualTo(zero);
        }
    }
}
