package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.config.MixtureConfig;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesPictureTest {

    private static final int RED = 0xd94f1e;
    private static final int BLUE = 0x1f3f77;

    private static Task gaussian(int dimension) {
        return Tasks
                .mixture(new MixtureConfig(List.of(1.0), List.of(Collections.nCopies(dimension, 2.0)), List.of(1.0)));
    }

    /** Points along a spiral round the mean, of radius up to 3. */
    private static float[] samples(int dimension) {
        float[] samples = new float[500 * dimension];
        for (int row = 0; row < 500; row++) {
            for (int axis = 0; axis < dimension; axis++) {
                samples[row * dimension + axis] = (float) (2 + row * 0.006 * Math.cos(row * 0.3 + axis * Math.PI / 2));
            }
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void drawsAnyDimension(int dimension) throws IOException {
        BufferedImage image = ImageIO
                .read(new ByteArrayInputStream(SamplesPicture.png(gaussian(dimension), samples(dimension))));

        assertThat(image.getWidth()).isEqualTo(900);
        assertThat(near(image, RED)).as("pixels of samples").isGreaterThan(500);
        if (dimension <= 2) {
            assertThat(near(image, BLUE)).as("pixels of the density").isGreaterThan(100);
        } else {
            assertThat(near(image, BLUE)).as("pixels of the density").isZero();
        }
    }

    /** Counts pixels with the hue of a colour, however pale. */
    private static int near(BufferedImage image, int colour) {
        boolean red = (colour >> 16 & 0xff) > (colour & 0xff);
        List<Integer> found = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                int difference = (pixel >> 16 & 0xff) - (pixel & 0xff);
                if (red ? difference > 40 : difference < -40) {
                    found.add(pixel);
                }
            }
        }
        return found.size();
    }

    @Test
    void drawsSamplesThatAreAllTheSame() throws IOException {
        assertThat(SamplesPicture.png(gaussian(2), new float[] {1, 1, 1, 1})).isNotEmpty();
    }

    @Test
    void warnsInsteadOfFailing(@TempDir Path folder) {
        StringWriter err = new StringWriter();

        new SamplesPicture(Terminal.plain(new PrintWriter(err), new PrintWriter(err))).ofRun(gaussian(2), folder,
                List.of());

        assertThat(err.toString()).startsWith("idem: no picture: ").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }
}
