package dev.idem.cli;

import dev.idem.eval.ParticleHistogram;
import dev.idem.io.AtomicFile;
import dev.idem.io.SampleReader;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws samples: in two dimensions over lines of equal density; in one as a histogram beside the density; of particles by histograms of
 * energies and pair distances; else in more dimensions their first two coordinates.
 */
final class SamplesPicture {

    private static final int PIXELS = 900;
    private static final int POINTS_DRAWN = 4000;
    private static final int GRID = 140;
    private static final int BARS = 80;
    private static final double TAIL = 5e-4;
    private static final double MARGIN = 0.08;

    /** Lines one, two and three standard deviations from the top of a Gaussian, and one further out. */
    private static final double[] DROPS = {0.5, 2, 4.5, 8};
    private static final Color[] LINES = {new Color(0x1f3f77), new Color(0x4c74b3), new Color(0x86a9d6),
            new Color(0xbfd3ea)};
    private static final Color DOTS = new Color(0xd9, 0x4f, 0x1e, 110);
    private static final int DOT_SIZE = 3;

    private final Terminal terminal;

    SamplesPicture(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Draws {@code samples.npy} of a run folder into {@code samples.png}; a failure is but a warning.
     *
     * @param histograms of samples of particles, to be drawn instead; else none
     */
    void ofRun(Task task, Path folder, List<ParticleHistogram> histograms) {
        try {
            byte[] png = histograms.isEmpty()
                    ? png(task, SampleReader.read(folder.resolve("samples.npy"), task.dimension()).values())
                    : HistogramsPicture.png(task.name(), histograms);
            write(folder.resolve("samples.png"), png);
        } catch (IOException | RuntimeException | LinkageError e) {
            terminal.err().println("idem: no picture: " + CommandFailure.message(e));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (AtomicFile target = AtomicFile.replace(file)) {
            target.stream().write(content);
            target.commit();
        }
    }

    /**
     * Returns a picture.
     *
     * @param samples [row][axis] in the task's own coordinates, not modified
     */
    static byte[] png(Task task, float[] samples) throws IOException {
        return ChartEncoder.getBytes(task.dimension() == 1 ? histogram(task, samples) : plane(task, samples), "png");
    }

    private static XYChart plane(Task task, float[] samples) {
        int dimension = task.dimension();
        double[] x = column(samples, 0, dimension);
        double[] y = column(samples, 1, dimension);
        double[] xRange = range(x);
        double[] yRange = range(y);
        XYChart chart = chart(task, "x0", "x1", x.length);
        if (dimension == 2) {
            addContours(chart, task, xRange, yRange);
        }
        int drawn = Math.min(POINTS_DRAWN, x.length);
        XYSeries dots = chart.addSeries("samples", Arrays.copyOf(x, drawn), Arrays.copyOf(y, drawn));
        dots.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.CIRCLE).setMarkerColor(DOTS);
        fit(chart, xRange, yRange);
        return chart;
    }

    private static void addContours(XYChart chart, Task task, double[] xRange, double[] yRange) {
        double[] xs = steps(xRange, GRID);
        double[] ys = steps(yRange, GRID);
        float[] points = new float[2 * GRID * GRID];
        for (int i = 0; i < GRID * GRID; i++) {
            points[2 * i] = (float) xs[i % GRID];
            points[2 * i + 1] = (float) ys[i / GRID];
        }
        Optional<double[]> densities = DensityGrid.at(task, points);
        if (densities.isEmpty()) {
            return;
        }
        double top = Arrays.stream(densities.get()).filter(Double::isFinite).max().orElse(Double.NaN);
        double[][] heights = new double[GRID][];
        for (int row = 0; row < GRID; row++) {
            heights[row] = Arrays.copyOfRange(densities.get(), row * GRID, (row + 1) * GRID);
        }
        for (int line = DROPS.length - 1; line >= 0; line--) {
            Contours contours = new Contours(xs, ys, heights, top - DROPS[line]);
            if (contours.x().length > 0) {
                chart.addSeries("log density " + DROPS[line] + " below its top", contours.x(), contours.y())
                        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line).setMarker(SeriesMarkers.NONE)
                        .setLineColor(LINES[line]).setLineWidth(1.2f);
            }
        }
    }

    private static XYChart histogram(Task task, float[] samples) {
        double[] x = column(samples, 0, 1);
        double[] range = range(x);
        double width = (range[1] - range[0]) / BARS;
        double[] shares = new double[BARS];
        for (double value : x) {
            int bar = (int) Math.floor((value - range[0]) / width);
            if (bar >= 0 && bar < BARS) {
                shares[bar] += 1 / (x.length * width);
            }
        }
        XYChart chart = chart(task, "x0", "density", x.length);
        double[] corners = new double[2 * BARS];
        double[] heights = new double[2 * BARS];
        for (int i = 0; i < 2 * BARS; i++) {
            corners[i] = range[0] + Math.ceilDiv(i, 2) * width;
            heights[i] = shares[i / 2];
        }
        chart.addSeries("samples", corners, heights).setXYSeriesRenderStyle(XYSeriesRenderStyle.Area)
                .setMarker(SeriesMarkers.NONE).setLineColor(DOTS).setFillColor(DOTS);
        chart.getStyler().setYAxisDecimalPattern("0.####");
        addDensity(chart, task, range);
        return chart;
    }

    /** The density is normalised within the picture. */
    private static void addDensity(XYChart chart, Task task, double[] range) {
        double[] xs = steps(range, GRID * 2);
        float[] points = new float[xs.length];
        for (int i = 0; i < xs.length; i++) {
            points[i] = (float) xs[i];
        }
        DensityGrid.at(task, points).ifPresent(logs -> {
            double top = Arrays.stream(logs).filter(Double::isFinite).max().orElse(0);
            double[] densities = Arrays.stream(logs).map(log -> Math.exp(log - top)).toArray();
            double integral = Arrays.stream(densities).sum() * (xs[1] - xs[0]);
            chart.addSeries("density", xs, Arrays.stream(densities).map(value -> value / integral).toArray())
                    .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line).setMarker(SeriesMarkers.NONE)
                    .setLineColor(LINES[0]);
        });
    }

    private static XYChart chart(Task task, String xTitle, String yTitle, int samples) {
        XYChart chart = new XYChartBuilder().width(PIXELS).height(PIXELS)
                .title((task.name().equals(Tasks.HOST) ? task.description() : task.name()) + ": "
                        + Figures.whole(samples) + " samples"
                        + (samples > POINTS_DRAWN && task.dimension() > 1
                                ? ", " + Figures.whole(POINTS_DRAWN) + " drawn"
                                : ""))
                .xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        chart.getStyler().setMarkerSize(DOT_SIZE).setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE).setLegendVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false);
        return chart;
    }

    private static void fit(XYChart chart, double[] xRange, double[] yRange) {
        chart.getStyler().setXAxisMin(xRange[0]).setXAxisMax(xRange[1]).setYAxisMin(yRange[0]).setYAxisMax(yRange[1]);
    }

    private static double[] column(float[] samples, int axis, int dimension) {
        double[] values = new double[samples.length / dimension];
        for (int row = 0; row < values.length; row++) {
            values[row] = samples[row * dimension + axis];
        }
        return values;
    }

    /** Returns where nearly all values lie, with a margin; a far outlier does not shrink the rest to a dot. */
    private static double[] range(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int tail = (int) (sorted.length * TAIL);
        double low = sorted[tail];
        double high = sorted[sorted.length - 1 - tail];
        double margin = high > low ? (high - low) * MARGIN : Math.max(1, Math.abs(low));
        return new double[] {low - margin, high + margin};
    }

    private static double[] steps(double[] range, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> range[0] + (range[1] - range[0]) * i / (count - 1));
        return values;
    }
}
