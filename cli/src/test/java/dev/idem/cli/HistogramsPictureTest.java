package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.LineHistogram;
import dev.idem.eval.ParticleHistogram;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class HistogramsPictureTest {

    @Test
    void panelsStandSideBySideWithAreaAndLine() throws IOException {
        LineHistogram reference = LineHistogram.onInterval(0, 4, 4).add(new double[] {0.5, 1.5, 1.6, 2.5, 3.5});
        LineHistogram samples = reference.emptyCopy().add(new double[] {1.5, 1.6, 2.5, 9});
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(HistogramsPicture.png("dw4",
                List.of(new ParticleHistogram("energy", samples, Optional.of(reference)),
                        new ParticleHistogram("pair distance", samples, Optional.empty())))));

        assertThat(image.getWidth()).isEqualTo(2 * image.getHeight());
        for (int panel = 0; panel < 2; panel++) {
            int reddish = 0;
            int blue = 0;
            for (int x = 0; x < image.getHeight(); x++) {
                for (int y = 0; y < image.getHeight(); y++) {
                    int pixel = image.getRGB(panel * image.getHeight() + x, y) & 0xffffff;
                    boolean red = (pixel >> 16) > 200 && (pixel & 0xff) < 180 && (pixel >> 8 & 0xff) < 200;
                    reddish += red ? 1 : 0;
                    blue += pixel == 0x1f3f77 ? 1 : 0;
                }
            }
            assertThat(reddish).isGreaterThan(10_000);
            if (panel == 0) {
                assertThat(blue).isGreaterThan(100);
            } else {
                assertThat(blue).as("no line without a reference").isZero();
            }
        }
    }
}
