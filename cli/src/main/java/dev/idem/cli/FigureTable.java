package dev.idem.cli;

import dev.idem.eval.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Figures of one or more sets of samples side by side, beside those of exact samples.
 *
 * <p>Rows are the figures of the first set; floors too, for all sets are of the same size and judged against the same samples.
 */
final class FigureTable {

    private final Terminal terminal;
    private final List<Column> columns = new ArrayList<>();

    /** One set of samples. */
    private record Column(String head, Collection<Metric> metrics, String energyCalls) {

        Metric metric(String name) {
            return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst().orElseThrow();
        }
    }

    FigureTable(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Adds a set of samples. */
    FigureTable column(String head, Collection<Metric> metrics) {
        columns.add(new Column(head, metrics, ""));
        return this;
    }

    /** Adds a set of samples whose energy calls are known. */
    FigureTable column(String head, Collection<Metric> metrics, long energyCalls) {
        columns.add(new Column(head, metrics, Figures.whole(energyCalls)));
        return this;
    }

    void print() {
        TextTable table = new TextTable("l" + "r".repeat(columns.size() + 1) + "l");
        table.row(cells("figure", columns.stream().map(Column::head).toList(), "exact", "what it is"));
        if (columns.stream().anyMatch(column -> !column.energyCalls.isEmpty())) {
            table.row(cells("energyCalls", columns.stream().map(Column::energyCalls).toList(), "",
                    "energy calls that the samples took, training included"));
        }
        for (Metric metric : columns.getFirst().metrics) {
            List<String> values = columns.stream().map(column -> column.metric(metric.name()))
                    .map(value -> Figures.of(value.value(), value.standardError(), terminal.plusMinus())).toList();
            table.row(cells(metric.name(), values,
                    Figures.of(metric.floor(), metric.floorStandardError(), terminal.plusMinus()),
                    metric.description()));
        }
        table.print(terminal.out());
    }

    private static String[] cells(String first, List<String> middle, String... last) {
        List<String> cells = new ArrayList<>(List.of(first));
        cells.addAll(middle);
        cells.addAll(List.of(last));
        return cells.toArray(String[]::new);
    }
}
