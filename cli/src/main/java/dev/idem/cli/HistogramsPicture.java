package dev.idem.cli;

import dev.idem.eval.LineHistogram;
import dev.idem.eval.ParticleHistogram;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws histograms of particle samples, an area, beside those of a reference, if there is one, a line; one panel each. */
final class HistogramsPicture {

    private static final int PIXELS = 700;
    private static final Color LINE = new Color(0x1f3f77);
    private static final Color AREA = new Color(0xd9, 0x4f, 0x1e, 110);
    private static final double PER_CENT = 100;

    private HistogramsPicture() {}

    /**
     * Returns a PNG picture.
     *
     * @param title above each panel
     * @param histograms at least one
     */
    static byte[] png(String title, List<ParticleHistogram> histograms) throws IOException {
        List<XYChart> charts = histograms.stream().map(histogram -> chart(title, histogram)).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BitmapEncoder.saveBitmap(charts, 1, charts.size(), bytes, BitmapFormat.PNG);
        return bytes.toByteArray();
    }

    private static XYChart chart(String title, ParticleHistogram histogram) {
        double outside = histogram.samples().outsideShare();
        XYChart chart = new XYChartBuilder().width(PIXELS).height(PIXELS)
                .title(title + (outside > 0 ? ", " + Figures.of(PER_CENT * outside, 2) + " % of samples outside" : ""))
                .xAxisTitle(histogram.name()).yAxisTitle("density").build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setPlotGridLinesVisible(false).setYAxisDecimalPattern("0.####");
        double[] corners = corners(histogram.samples());
        chart.addSeries("samples", corners, heights(histogram.samples()))
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Area).setMarker(SeriesMarkers.NONE).setLineColor(AREA)
                .setFillColor(AREA);
        histogram.reference().ifPresent(reference -> chart.addSeries("reference", corners, heights(reference))
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line).setMarker(SeriesMarkers.NONE).setLineColor(LINE)
                .setLineWidth(1.5f));
        return chart;
    }

    private static double[] corners(LineHistogram histogram) {
        double width = (histogram.high() - histogram.low()) / histogram.bins();
        double[] corners = new double[2 * histogram.bins()];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = histogram.low() + Math.ceilDiv(i, 2) * width;
        }
        return corners;
    }

    private static double[] heights(LineHistogram histogram) {
        double[] densities = histogram.densities();
        double[] heights = new double[2 * densities.length];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = densities[i / 2];
        }
        return heights;
    }
}
