package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.GUARD;
import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.SIZES;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The place of every element in the panels, their padding, and the guards behind them. */
class WeightPanelsTest {

    private static final int WIDTH = WeightPanels.WIDTH;

    @Test
    void everyElementLiesWhereTheFormulaSaysAndTheRestOfThePanelsIsZero() {
        for (int depth : SIZES) {
            for (int columns : SIZES) {
                float[] weights = random(1, depth * columns);
                float[] expected = guarded(WeightPanels.size(depth, columns));
                for (int k = 0; k < depth; k++) {
                    for (int column = 0; column < (columns + WIDTH - 1) / WIDTH * WIDTH; column++) {
                        expected[OFFSET + column / WIDTH * WIDTH * depth + k * WIDTH
                                + column % WIDTH] = column < columns
                                        ? weights[OFFSET + k * columns + column]
                                        : 0f;
                    }
                }
                float[] panels = guarded(WeightPanels.size(depth, columns));
                WeightPanels.pack(weights, OFFSET, panels, OFFSET, depth, columns);
                assertSameBits(depth + "×" + columns, panels, expected);
            }
        }
    }

    @Test
    void transposedPanelsAreThePanelsOfTheTranspose() {
        for (int depth : SIZES) {
            for (int columns : SIZES) {
                float[] weights = random(2, depth * columns);
                float[] transpose = guarded(depth * columns);
                for (int k = 0; k < depth; k++) {
                    for (int column = 0; column < columns; column++) {
                        transpose[OFFSET + column * depth + k] = weights[OFFSET + k * columns + column];
                    }
                }
                float[] expected = guarded(WeightPanels.size(columns, depth));
                WeightPanels.pack(transpose, OFFSET, expected, OFFSET, columns, depth);
                float[] panels = guarded(WeightPanels.size(columns, depth));
                WeightPanels.packTransposed(weights, OFFSET, panels, OFFSET, depth, columns);
                assertSameBits(depth + "×" + columns, panels, expected);
                assertThat(panels[OFFSET + WeightPanels.size(columns, depth)]).isEqualTo(GUARD);
            }
        }
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThat(WeightPanels.size(3, WIDTH + 1)).isEqualTo(6 * WIDTH);
        assertThat(WeightPanels.size(0, 17)).isZero();
        assertThatThrownBy(() -> WeightPanels.size(-1, 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> WeightPanels.size(1 << 16, 1 << 16)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }
}
